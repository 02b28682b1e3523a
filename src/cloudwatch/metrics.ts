import {
  type CloudWatchClient,
  type GetMetricDataInput,
  type MessageData,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import pLimit from 'p-limit';
import { UsageError } from '../model/errors.ts';
import type { MetricSeries } from '../model/monitored.ts';
import { visibleText } from '../model/text.ts';
import { Joined } from './joined.ts';
import type { Sampling } from './period.ts';
import { dataQuery, type MetricQuery } from './queries.ts';
import type { Tolerance } from './tolerance.ts';

/** Limits of one request (CloudWatch API reference, GetMetricData). */
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;

/** Of one request, which asks for no more than one: many times more than servers are seen to make of it. */
const MOST_PAGES = 1000;

/** Requests under way at once; CloudWatch answers about 50 a second of an account, which others use too. */
const AT_ONCE = 4;

export interface MetricOptions {
  readonly tolerance: Pick<Tolerance, 'note'>;
  readonly onProgress: (text: string) => void;
}

/**
 * The data of all queries; a series without any is left out, spellings of one metric are one series. Each request asks for no more than
 * CloudWatch answers in one page, so that requests go side by side; where it gives less, its pages are followed. Rejects with the SDK's error, and with a UsageError
 * where the pages have no end.
 */
export async function readMetrics(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  sampling: Sampling,
  { tolerance, onProgress }: MetricOptions,
): Promise<MetricSeries[]> {
  const joined = new Joined(queries, sampling.periodSeconds);
  const batches = batchesOf(queries, sampling);
  const limit = pLimit(AT_ONCE);
  let done = 0;
  const tell = (messages: readonly MessageData[] = []) => {
    for (const { Code = '', Value = '' } of messages)
      tolerance.note('left out', visibleText(`CloudWatch said of its data: ${[Code, Value].filter(Boolean).join(': ')}`));
  };
  const readBatch = async (batch: readonly MetricQuery[]) => {
    const states = new Map<string, MetricDataResult['StatusCode']>();
    let [pages, token]: [number, string | undefined] = [0, undefined];
    for await (const page of paginateGetMetricData({ client }, requestFor(batch, sampling))) {
      const { MetricDataResults = [], Messages, NextToken } = page;
      if (NextToken !== undefined && (NextToken === token || ++pages === MOST_PAGES))
        throw new UsageError('the answer of CloudWatch has page after page and no end: check AWS_ENDPOINT_URL.');
      token = NextToken;
      tell(Messages);
      for (const { Id = '', Timestamps = [], Values = [], StatusCode, Messages: about } of MetricDataResults) {
        tell(about);
        states.set(Id, StatusCode);
        joined.add(Id, Timestamps, Values);
      }
    }
    const partial = batch.filter(({ id }) => !['Complete', undefined].includes(states.get(id)));
    if (partial.length > 0) tolerance.note('left out', partialText(partial, states.get(partial[0]?.id ?? '')));
    done += 1;
    onProgress(`Reading metrics: ${done} of ${batches.length} requests`);
  };
  try {
    await Promise.all(batches.map((batch) => limit(() => readBatch(batch))));
  } finally {
    // Once one failed, those that wait are not begun.
    limit.clearQueue();
  }
  return joined.series();
}

/** As many queries as have their data on one page, at most as many as one request may have. */
export function batchesOf(
  queries: readonly MetricQuery[],
  { startSeconds, endSeconds, periodSeconds }: Sampling,
): MetricQuery[][] {
  const points = Math.max(1, (endSeconds - startSeconds) / periodSeconds);
  const size = Math.min(MOST_QUERIES, Math.max(1, Math.floor(MOST_POINTS / points)));
  return Array.from({ length: Math.ceil(queries.length / size) }, (_, i) => queries.slice(i * size, (i + 1) * size));
}

function requestFor(batch: readonly MetricQuery[], { startSeconds, endSeconds, periodSeconds }: Sampling): GetMetricDataInput {
  return {
    MetricDataQueries: batch.map((query) => dataQuery(query, periodSeconds)),
    StartTime: new Date(startSeconds * 1000),
    EndTime: new Date(endSeconds * 1000),
    ScanBy: 'TimestampAscending',
  };
}

function partialText(partial: readonly MetricQuery[], state: MetricDataResult['StatusCode']): string {
  const [first] = partial;
  const others = partial.length > 1 ? ` and ${partial.length - 1} other series` : '';
  return `CloudWatch did not give all data of ${first?.name} ${first?.statistic}${others} (${state}): they may have gaps.`;
}
