/**
 * The library for Node: everything of `profiler-report/core`, stores for folders and S3, and CloudWatch.
 *
 * @example
 * ```ts
 * import { analyze, fetchMonitored, monitor, openStore, pipeline, readProfilerOutput } from 'profiler-report';
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
 *
 * // What CloudWatch has of an endpoint, the last three hours unless told otherwise.
 * const monitored = await fetchMonitored({ kind: 'endpoint', name: 'shop-search', logs: true }, { region: 'eu-west-1' });
 * await folder.writeAll((await monitor(monitored, { formats: ['html'] })).files);
 * ```
 */
import type { Asked } from './cloudwatch/asked.ts';
import type { Monitored } from './model/monitored.ts';
import type { AwsOptions } from './stores/aws-options.ts';

export * from './core.ts';
export { openStore } from './stores/index.ts';
export type { Asked, AwsOptions };

/**
 * Metrics, shape and logs of a job or an endpoint, with the credentials that every AWS tool on this machine uses. `onProgress` gets a few
 * words on what is done now. Rejects with a UsageError of one line where there is nothing to report on, or it must not be read.
 */
export async function fetchMonitored(
  asked: Asked,
  aws: AwsOptions = {},
  onProgress?: (text: string) => void,
): Promise<Monitored> {
  // AWS code is loaded where AWS is asked.
  const cloudwatch = await import('./cloudwatch/index.ts');
  return cloudwatch.fetchMonitored(asked, aws, onProgress);
}
