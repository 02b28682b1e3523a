import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';
import type { SystemMetrics } from '../model/system-metrics.ts';

/** Times looked at to find the bulk of them. */
const MAX_LOOKED_AT = 20_000;
/** What lies farther from the bulk than the bulk is long, and than this, comes from a clock that was wrong. */
const MARGIN_SECONDS = 600;
/** The same for events beside samples: a framework may begin long before or after the first sample of a short job. */
const EVENT_MARGIN_SECONDS = 3600;

/** A run does not change: several rules and sections ask for its span. */
const known = new WeakMap<TrainingRun['events'], { metrics: SystemMetrics; span: Span | undefined }>();

/**
 * First to last moment of a job, over all nodes and workers: a few absurd times do not stretch it, nor do events far from the samples (a
 * trace without a base begins in 1970). Undefined for a run without samples and events.
 */
export function jobSpan({ metrics, events }: Pick<TrainingRun, 'metrics' | 'events'>): Span | undefined {
  const before = known.get(events);
  if (before?.metrics === metrics) return before.span;
  const span = spanOf({ metrics, events });
  known.set(events, { metrics, span });
  return span;
}

/** The same of the samples alone; undefined without any. */
export function sampledSpan({ metrics, events }: Pick<TrainingRun, 'metrics' | 'events'>): Span | undefined {
  return metrics.batchCount === 0 ? undefined : spanOf({ metrics, events: { ...events, count: 0 } });
}

function spanOf({ metrics, events }: Pick<TrainingRun, 'metrics' | 'events'>): Span | undefined {
  const { count, startMicros, durationMicros } = events;
  const starts = { count, times: startMicros, perSecond: 1e6 };
  const sampled = robustSpan({ count: metrics.batchCount, times: metrics.seconds, perSecond: 1 });
  const bulk = sampled ?? robustSpan(starts);
  if (bulk === undefined) return undefined;
  const least = sampled ? EVENT_MARGIN_SECONDS : MARGIN_SECONDS;
  return widened(bulk, least, { ...starts, lengths: durationMicros });
}

/** Seconds between two samples of a series: the median. Undefined where no series has two. */
export function samplingSeconds({ batchCount, seconds, node, metric, metrics }: SystemMetrics): number | undefined {
  const last = new Map<number, number>();
  const distances: number[] = [];
  for (let batch = 0; batch < batchCount && distances.length < 10_000; batch++) {
    const series = (node[batch] as number) * metrics.length + (metric[batch] as number);
    const distance = (seconds[batch] as number) - (last.get(series) ?? Number.NaN);
    if (distance > 0) distances.push(distance);
    last.set(series, seconds[batch] as number);
  }
  return distances.sort((a, b) => a - b)[distances.length >> 1];
}

/** Moments; where there are lengths, those that are so much later, too. */
interface Moments {
  readonly count: number;
  readonly times: Float64Array;
  readonly lengths?: Float64Array;
  readonly perSecond: number;
}

/** From the earliest to the latest of the times that are not far from the bulk: from p1 to p99, without the outermost in any case. */
function robustSpan(moments: Moments): Span | undefined {
  const { count, times, perSecond } = moments;
  if (count === 0) return undefined;
  const stride = Math.ceil(count / MAX_LOOKED_AT);
  const some = new Float64Array(Math.ceil(count / stride));
  for (let i = 0; i < some.length; i++) some[i] = (times[i * stride] as number) / perSecond;
  some.sort();
  const trimmed = some.length < 3 ? 0 : Math.max(1, Math.floor(0.01 * some.length));
  const bulk = { startSeconds: some[trimmed] as number, endSeconds: some[some.length - 1 - trimmed] as number };
  return widened(bulk, MARGIN_SECONDS, moments);
}

/** The bulk and all moments no farther from it than it is long, or than `least`. */
function widened({ startSeconds, endSeconds }: Span, least: number, { count, times, lengths, perSecond }: Moments): Span {
  const margin = Math.max(least, endSeconds - startSeconds);
  const [earliest, latest] = [(startSeconds - margin) * perSecond, (endSeconds + margin) * perSecond];
  const bulk = [startSeconds * perSecond, endSeconds * perSecond] as const;
  let [start, end] = bulk;
  for (let i = 0; i < count; i++) {
    const time = times[i] as number;
    if (time < start && time >= earliest) start = time;
    if (time > end && time <= latest) end = time;
  }
  for (let i = 0; lengths && i < count; i++) {
    const time = (times[i] as number) + (lengths[i] as number);
    if (time > end && time <= latest) end = time;
  }
  // Seconds that were not found anew stay to the last digit.
  return {
    startSeconds: start === bulk[0] ? startSeconds : start / perSecond,
    endSeconds: end === bulk[1] ? endSeconds : end / perSecond,
  };
}
