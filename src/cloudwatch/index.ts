import { spikesOf } from '../logs/spikes.ts';
import { UsageError } from '../model/errors.ts';
import type { Logs, MetricSeries, Monitored, Subject } from '../model/monitored.ts';
import { optional } from '../model/optional.ts';
import { awsError, isDenied } from '../stores/aws-errors.ts';
import type { AwsOptions } from '../stores/aws-options.ts';
import { type Asked, checkAsked } from './asked.ts';
import { clientsFor } from './clients.ts';
import { describe } from './describe/index.ts';
import { discover, withoutEmpty } from './discover.ts';
import { fetchLogs } from './logs.ts';
import { readMetrics } from './metrics.ts';
import { noteLimits, noteMissing } from './notes.ts';
import { nothingFound } from './nothing-found.ts';
import { samplingOf } from './period.ts';
import { queriesFor } from './queries.ts';
import { spanOf } from './span.ts';
import { targetsOf } from './targets.ts';
import { tolerance } from './tolerance.ts';
import { withData } from './with-data.ts';

/** Spikes of the metrics around which all log lines are read. */
const MOST_SPIKES = 5;

const NO_LOGS: Logs = { lines: [], leftOut: 0 };

/**
 * Metrics, shape and logs of a job or an endpoint. What is refused or missing on the way becomes damage, where a report makes sense without it.
 * Rejects with a UsageError where there is nothing to report on, saying what there is instead, or where metrics may not be read.
 */
export async function fetchMonitored(
  asked: Asked,
  aws: AwsOptions,
  onProgress: (text: string) => void = () => {},
): Promise<Monitored> {
  checkAsked(asked);
  const { kind, name } = asked;
  const clients = await clientsFor(aws);
  const tolerated = tolerance();
  const nowSeconds = asked.nowSeconds ?? Date.now() / 1000;

  onProgress(`Looking up ${kind} ${name}`);
  const shape = await describe(kind, name, clients.sagemaker, tolerated);
  const found = await discover(asked, shape, clients, nowSeconds, tolerated);
  const subject: Subject = { region: clients.region, ...found.subject };
  const all = queriesFor(kind, targetsOf(subject, found.hosts), asked.statistics);
  const span = spanOf(asked, shape, found.streamed, nowSeconds);
  let sampling = samplingOf(span, nowSeconds, all.length);

  let series: MetricSeries[] = [];
  let refusal: unknown;
  try {
    const options = { tolerance: tolerated, onProgress };
    const isTooMuch = sampling.finerSeconds !== undefined;
    const queries = isTooMuch ? await withData(clients.cloudwatch, all, sampling, options) : all;
    sampling = samplingOf(span, nowSeconds, queries.length);
    noteLimits(sampling, found.hosts.length, tolerated);
    series = await readMetrics(clients.cloudwatch, queries, sampling, options);
  } catch (error) {
    const action = 'cloudwatch:GetMetricData';
    refusal = awsError(error, { action, verb: 'read', resource: `the metrics of ${kind} ${name}` });
    // The logs are asked for all the same, so that every permission that misses is named at once.
    if (!isDenied(error)) throw refusal;
    tolerated.refused.add(action);
  }

  const { startSeconds, endSeconds } = sampling;
  const readLogs = async (): Promise<Logs> => {
    onProgress('Reading logs');
    const given = { ...optional('variant', asked.variant), ...optional('grep', asked.grep) };
    const wanted = { startSeconds, endSeconds, ...given, spikes: spikesOf(series, MOST_SPIKES) };
    try {
      return await fetchLogs(clients.logs, asked, wanted, tolerated);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      tolerated.note('left out', `The report has no log lines: ${error.message}`);
      return NO_LOGS;
    }
  };
  const logs = asked.logs ? await readLogs() : NO_LOGS;

  if (refusal !== undefined) throw tolerated.withRefused(refusal);
  if (series.length === 0) {
    const { isUseless, text } = await nothingFound({ asked, shape, subject, found, sampling, logs, clients, nowSeconds });
    if (isUseless) throw tolerated.withRefused(new UsageError(text));
    tolerated.note('no data', text);
  }
  const heard = withoutEmpty(subject, shape, series);
  noteMissing(heard, shape, series, tolerated);
  const source = `CloudWatch, ${clients.region}`;
  return { subject: heard, startSeconds, endSeconds, source, series, logs, damage: tolerated.damage };
}
