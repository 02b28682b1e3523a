import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Subject } from '../model/monitored.ts';
import { list, utc, visibleName } from '../model/text.ts';
import { awsError } from '../stores/aws-errors.ts';
import type { Listed } from './listed.ts';
import { readMetrics } from './metrics.ts';
import { KEPT_DAYS, type Span } from './period.ts';
import { queriesFor } from './queries.ts';
import { targetsOf } from './targets.ts';

const DAY = 86_400;

/** One of each tells whether there was anything. */
const SIGNS = new Set(['Invocations Sum', 'CPUUtilization Maximum']);

/** Why a report would be empty, and what there is instead: when there was data, or which other metrics. A whole sentence or two. */
export async function noDataText(
  client: CloudWatchClient,
  subject: Subject,
  hosts: readonly string[],
  { startSeconds, endSeconds }: Span,
  listed: Listed,
  nowSeconds: number,
): Promise<string> {
  const { kind, name, status, region } = subject;
  const days = {
    startSeconds: Math.ceil((nowSeconds - KEPT_DAYS * DAY) / DAY) * DAY,
    endSeconds: Math.ceil(nowSeconds / DAY) * DAY,
    periodSeconds: DAY,
  };
  const queries = queriesFor(kind, targetsOf(subject, hosts)).filter(({ name, statistic }) => SIGNS.has(`${name} ${statistic}`));
  const quiet = { tolerance: { note: () => {} }, onProgress: () => {} };
  const series = await readMetrics(client, queries, days, quiet).catch((error: unknown) => {
    throw awsError(error, { action: 'cloudwatch:GetMetricData', verb: 'read', resource: `the metrics of ${kind} ${name}` });
  });
  const lastOf = (metric: string) =>
    Math.max(
      ...series
        .filter((one) => one.metric === metric)
        .map(({ seconds, values }) => seconds[values.findLastIndex((value) => value > 0)] ?? -Infinity),
    );
  const traffic = lastOf('Invocations');
  const [what, at] = traffic > 0 ? ['The last invocations were', traffic] : ['The last data were', lastOf('CPUUtilization')];
  const day = (seconds: number) => utc(seconds).slice(0, 10);
  // Of a day that is not over there is no end to name.
  const ask = at + DAY > nowSeconds ? `--start ${day(at)}` : `--start ${day(at)} --end ${day(at + DAY)}`;
  const during = `from ${utc(startSeconds)} to ${utc(endSeconds)}`;
  const parts = [
    `CloudWatch has no data of ${kind} ${name} in ${region} ${during}${status ? ` (its status is ${status})` : ''}.`,
    at > 0
      ? `${what} on ${day(at)}: ask with ${ask}.`
      : queries.length > 0
        ? `Nor has it any of the last ${KEPT_DAYS} days.`
        : 'No metric and no log stream names an instance of it.',
    listed.others.length > 0 ? `It has other metrics, which no report shows: ${list(listed.others.map(visibleName))}.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}
