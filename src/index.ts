/**
 * The library for Node: everything of `profiler-report/core`, and stores for folders and S3.
 *
 * @example
 * ```ts
 * import { analyze, openStore, pipeline, readProfilerOutput } from 'profiler-report';
 *
 * // A report of raw profiler output, or, where there is none, of the service's rule files.
 * const job = await openStore('s3://bucket/my-training-job');
 * const { report, files } = await pipeline(job, { formats: ['html', 'notebook', 'json'] });
 * console.log(report.counts.issue, report.actions[0]?.text);
 *
 * const folder = await openStore('reports/my-training-job');
 * await folder.writeAll(files);
 *
 * // The rules alone, with a limit of one's own.
 * const { run } = await readProfilerOutput(job);
 * const { analysis } = analyze(run, { parameters: { LowGPUUtilization_threshold_p95: '80' } });
 * for (const { evidence, spans } of analysis.issues.get('LowGPUUtilization') ?? []) console.log(evidence, spans[0]?.startSeconds);
 * ```
 */
export * from './core.ts';
export { openStore } from './stores/index.ts';
