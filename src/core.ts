/**
 * The library without Node: runs in a browser, in JupyterLab, in a worker. Raw profiler output or rule files come in through a Store of
 * the caller's own, metrics of CloudWatch as the bytes of files.
 *
 * @example
 * ```ts
 * import { monitor, parseCondition, pipeline, readCloudWatch, type Store } from 'profiler-report/core';
 *
 * const files = new Map([['LowGPUUtilization.json', new TextEncoder().encode(ruleFile)]]);
 * const store: Store = {
 *   location: 'upload',
 *   async *list() {
 *     for (const [path, bytes] of files) yield { path, bytes: bytes.length };
 *   },
 *   read: async (path) => files.get(path) ?? Promise.reject(new Error(path)),
 *   readIfPresent: async (path) => files.get(path),
 *   async *readChunks(path) {
 *     yield await this.read(path);
 *   },
 *   writeAll: async () => {},
 *   writeChunks: async () => {},
 * };
 * const { report, files: written } = await pipeline(store, { formats: ['html'] });
 *
 * // What CloudWatch has of an endpoint, from what the AWS CLI printed or `monitor --save` kept.
 * const monitored = readCloudWatch([{ name: 'saved.json', bytes }], { kind: 'endpoint', name: 'shop-search' });
 * const seen = await monitor(monitored, { formats: ['html'], conditions: [parseCondition('ModelLatency p99 > 200ms for 5m')] });
 * ```
 */
export { type Analyzed, type AnalyzeOptions, analyze } from './analyze.ts';
export { breachesOf } from './conditions/breaches.ts';
export type { Condition } from './conditions/condition.ts';
export { parseCondition } from './conditions/parse.ts';
export { cloudWatchFile, readCloudWatch } from './formats/cloudwatch.ts';
export { type ProfilerOutput, readProfilerOutput } from './formats/profiler-output.ts';
export * from './model/chart.ts';
export type * from './model/cloudwatch-metrics.ts';
export type * from './model/condition-result.ts';
export { UsageError } from './model/errors.ts';
export type { Findings } from './model/findings.ts';
export type * from './model/framework-events.ts';
export type { Issue, Span } from './model/issue.ts';
export type * from './model/monitored.ts';
export type * from './model/python-profile.ts';
export * from './model/report.ts';
export type { RuleName } from './model/rule-names.ts';
export type { Damage, TrainingRun } from './model/run.ts';
export type { OutputFile, Store, StoreEntry } from './model/store.ts';
export type * from './model/system-metrics.ts';
export { type MonitorOptions, type MonitorResult, monitor } from './monitor.ts';
export { type PipelineOptions, type PipelineResult, pipeline } from './pipeline.ts';
export type { AddedRule, AddedRuleRun, Judgement, Mode, RunContext } from './rules/rule.ts';
export type { Format } from './writers/index.ts';
