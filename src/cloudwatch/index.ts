import { spikesOf } from '../logs/spikes.ts';
import { UsageError } from '../model/errors.ts';
import type { MetricSeries, Monitored, Subject } from '../model/monitored.ts';
import { list, utc } from '../model/text.ts';
import { awsError, isDenied } from '../stores/aws-errors.ts';
import type { AwsOptions } from '../stores/aws-options.ts';
import { type Asked, checkAsked } from './asked.ts';
import { type Clients, clientsFor } from './clients.ts';
import { describe } from './describe/index.ts';
import { insteadOf } from './describe/near-names.ts';
import type { Shape } from './describe/shape.ts';
import { discovered, variantNames } from './discover.ts';
import { listTargets } from './listed.ts';
import { describeStreams } from './log-streams.ts';
import { fetchLogs } from './logs.ts';
import { readMetrics } from './metrics.ts';
import { noDataText } from './no-data.ts';
import { KEPT_DAYS, type Sampling, samplingOf } from './period.ts';
import { queriesFor } from './queries.ts';
import { spanOf } from './span.ts';
import { MAX_HOSTS, targetsOf } from './targets.ts';
import { type Tolerance, tolerance } from './tolerance.ts';

/** Spikes of the metrics around which all log lines are read. */
const MOST_SPIKES = 5;

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
  const [listed, streamed] = await lookAround(asked, shape, clients, nowSeconds, tolerated);
  const found = discovered(asked, shape, listed, streamed);
  const subject: Subject = { region: clients.region, ...found.subject };
  const queries = queriesFor(kind, targetsOf(subject, found.hosts), asked.statistics);
  const sampling = samplingOf(spanOf(asked, shape, streamed, nowSeconds), nowSeconds, queries.length);
  noteLimits(sampling, found.hosts.length, tolerated);

  let series: MetricSeries[] = [];
  let refusal: unknown;
  try {
    series = await readMetrics(clients.cloudwatch, queries, sampling, { tolerance: tolerated, onProgress });
  } catch (error) {
    const request = { action: 'cloudwatch:GetMetricData', verb: 'read', resource: `the metrics of ${kind} ${name}` };
    refusal = awsError(error, request);
    // The logs are asked for all the same, so that every permission that misses is named at once.
    if (!isDenied(error)) throw refusal;
  }
  if (asked.logs) onProgress('Reading logs');
  const wanted = { ...sampling, variant: asked.variant, grep: asked.grep, spikes: spikesOf(series, MOST_SPIKES) };
  const logs = asked.logs ? await fetchLogs(clients.logs, asked, wanted, tolerated) : { lines: [], leftOut: 0 };
  if (refusal !== undefined) throw withRefused(refusal, tolerated);

  if (series.length === 0) {
    const variants = variantNames(shape, listed, streamed);
    if (asked.variant !== undefined && variants.length > 0 && !variants.includes(asked.variant))
      throw new UsageError(`endpoint ${name} has no variant ${asked.variant}: it has ${list(variants)}.`);
    if (shape.state === 'gone' && logs.lines.length === 0)
      throw new UsageError(`there is no ${kind} ${name} in ${clients.region}: ${await insteadOf(kind, name, clients.sagemaker)}`);
    const text = await noDataText(clients.cloudwatch, subject, found.hosts, sampling, listed, nowSeconds);
    // Of a job that failed at once its reason and its log are worth a report.
    if (logs.lines.length === 0 && subject.phases.length === 0 && subject.failureReason === undefined) throw new UsageError(text);
    tolerated.note('no data', text);
  }
  noteMissing(subject, shape, series, tolerated);
  const { startSeconds, endSeconds } = sampling;
  const source = `CloudWatch, ${clients.region}`;
  return { subject, startSeconds, endSeconds, source, series, logs, damage: tolerated.damage };
}

/** Which variants, containers and hosts there are, where SageMaker does not tell; of most jobs it does. */
async function lookAround(asked: Asked, shape: Shape, { cloudwatch, logs }: Clients, nowSeconds: number, tolerated: Tolerance) {
  const isTold = shape.subject.instanceCount !== undefined && asked.kind !== 'transform job';
  if (isTold)
    return [
      { targets: [], others: [] },
      { hosts: [], containers: new Map() },
    ] as const;
  const since = asked.startSeconds ?? shape.startSeconds ?? nowSeconds - 3 * 3600;
  return Promise.all([listTargets(cloudwatch, asked, tolerated), describeStreams(logs, asked, since, tolerated)]);
}

function noteLimits({ cutFromSeconds }: Sampling, hosts: number, { note }: Tolerance): void {
  if (cutFromSeconds !== undefined)
    note('left out', `CloudWatch keeps metrics for ${KEPT_DAYS} days: those from ${utc(cutFromSeconds)} on until then are gone.`);
  if (hosts > MAX_HOSTS) note('left out', `There are ${hosts} hosts: the report has the first ${MAX_HOSTS}.`);
}

function noteMissing({ kind, name, variants }: Subject, { state }: Shape, series: readonly MetricSeries[], { note }: Tolerance) {
  if (state === 'gone') note('no data', `SageMaker has no ${kind} ${name} any more: this is what CloudWatch still has of it.`);
  if (series.length === 0) return;
  for (const variant of variants)
    if (!series.some(({ dimensions }) => dimensions.VariantName === variant.name))
      note('no data', `CloudWatch has no data of variant ${variant.name} in this time.`);
}

/** Names all permissions that miss, not only the one without which there is no report. */
function withRefused(refusal: unknown, { refused }: Tolerance): unknown {
  if (!(refusal instanceof UsageError) || refused.size === 0) return refusal;
  return new UsageError(`${refusal.message} For a whole report they need ${list([...refused], 12)} too.`, {
    cause: refusal.cause,
  });
}
