/**
 * The library without Node: runs in a browser, in JupyterLab, in a worker. Rule files come in through a Store of the caller's own.
 *
 * @example
 * ```ts
 * import { pipeline, type Store } from 'profiler-report/core';
 *
 * const files = new Map([['LowGPUUtilization.json', new TextEncoder().encode(ruleFile)]]);
 * const store: Store = {
 *   location: 'upload',
 *   async *list() {
 *     for (const [path, bytes] of files) yield { path, bytes: bytes.length };
 *   },
 *   read: async (path) => files.get(path) ?? Promise.reject(new Error(path)),
 *   readIfPresent: async (path) => files.get(path),
 *   writeAll: async () => {},
 * };
 * const { report, files: written } = await pipeline(store, { formats: ['html'] });
 * ```
 */
export * from './model/chart.ts';
export { UsageError } from './model/errors.ts';
export * from './model/report.ts';
export type { RuleName } from './model/rule-names.ts';
export type { OutputFile, Store, StoreEntry } from './model/store.ts';
export { type PipelineOptions, type PipelineResult, pipeline } from './pipeline.ts';
export type { Format } from './writers/index.ts';
