/**
 * The library for Node: everything of `profiler-report/core`, and stores for folders and S3.
 *
 * @example
 * ```ts
 * import { openStore, pipeline } from 'profiler-report';
 *
 * const job = await openStore('s3://bucket/my-training-job/rule-output');
 * const { report, files } = await pipeline(job, { formats: ['html', 'notebook', 'json'] });
 * console.log(report.counts.issue, report.actions[0]?.text);
 *
 * const folder = await openStore('reports/my-training-job');
 * await folder.writeAll(files);
 * ```
 */
export * from './core.ts';
export { openStore } from './stores/index.ts';
