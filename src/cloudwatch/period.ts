import { UsageError } from '../model/errors.ts';
import { utc } from '../model/text.ts';

export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Sampling extends Span {
  readonly periodSeconds: number;
  /** There where the start asked for is before what CloudWatch keeps: where that begins. */
  readonly cutFromSeconds?: number;
  /** There where CloudWatch has values of this period too, of which there would be too many. */
  readonly finerSeconds?: number;
}

const DAY = 86_400;

/** How long CloudWatch keeps each period (CloudWatch concepts, metrics retention); coarser ones are for very many metrics. */
export const LADDER = [
  { periodSeconds: 60, keptDays: 15 },
  { periodSeconds: 300, keptDays: 63 },
  { periodSeconds: 900, keptDays: 63 },
  { periodSeconds: 3600, keptDays: 455 },
  { periodSeconds: 21_600, keptDays: 455 },
  { periodSeconds: DAY, keptDays: 455 },
] as const;
export const KEPT_DAYS = 455;

/** Data points of one report: 64 MB in memory, about 40 pages of answers. */
const MAX_POINTS = 4_000_000;

/**
 * The finest period that CloudWatch still has from the start of the span on, less than a period short of it at most, and that keeps the whole
 * answer below MAX_POINTS; the span in whole periods, without the one that now is in: sums of it would be too small. Throws a UsageError for a
 * span that nothing is kept of.
 */
export function samplingOf({ startSeconds, endSeconds }: Span, nowSeconds: number, queries: number): Sampling {
  if (startSeconds >= nowSeconds) throw new UsageError(`the start ${utc(startSeconds)} is in the future: check --start.`);
  const keptFrom = (days: number) => nowSeconds - days * DAY;
  const oldest = keptFrom(KEPT_DAYS);
  if (endSeconds <= oldest)
    throw new UsageError(
      `CloudWatch keeps metrics for ${KEPT_DAYS} days, and has none of before ${utc(oldest)}: a file that was saved at the time can be read with --from.`,
    );
  const from = Math.max(startSeconds, oldest);
  const until = Math.min(endSeconds, nowSeconds);
  const kept = LADDER.filter(({ periodSeconds, keptDays }) => from > keptFrom(keptDays) - periodSeconds);
  const few = kept.find(({ periodSeconds }) => (queries * (until - from)) / periodSeconds <= MAX_POINTS);
  const { periodSeconds, keptDays } = few ?? LADDER[LADDER.length - 1] ?? LADDER[0];
  const finest = kept[0]?.periodSeconds ?? periodSeconds;
  const whole = (seconds: number) => Math.floor(seconds / periodSeconds) * periodSeconds;
  const wholeAfter = (seconds: number) => Math.ceil(seconds / periodSeconds) * periodSeconds;
  const begin = Math.max(whole(from), wholeAfter(keptFrom(keptDays)));
  return {
    startSeconds: begin,
    endSeconds: Math.max(begin + periodSeconds, Math.min(wholeAfter(until), whole(nowSeconds))),
    periodSeconds,
    ...(startSeconds <= oldest - periodSeconds ? { cutFromSeconds: begin } : {}),
    ...(finest < periodSeconds ? { finerSeconds: finest } : {}),
  };
}
