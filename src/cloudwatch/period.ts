import { UsageError } from '../model/errors.ts';
import { utc } from '../model/text.ts';

export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Sampling extends Span {
  readonly periodSeconds: number;
  /** There where the start asked for is before what CloudWatch keeps. */
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
 * The finest period that CloudWatch still has from the start of the span on, and that keeps the whole answer below MAX_POINTS; the span in
 * whole periods. The end is at most the period that now is in. Throws a UsageError for a span that nothing is kept of.
 */
export function samplingOf({ startSeconds, endSeconds }: Span, nowSeconds: number, queries: number): Sampling {
  if (startSeconds >= nowSeconds) throw new UsageError(`the start ${utc(startSeconds)} is in the future: check --start.`);
  const keptFrom = nowSeconds - KEPT_DAYS * DAY;
  if (endSeconds <= keptFrom)
    throw new UsageError(
      `CloudWatch keeps metrics for ${KEPT_DAYS} days, and has none of before ${utc(keptFrom)}: a file that was saved at the time can be read with --from.`,
    );
  // From the first whole hour on, so that at least values of hours are there.
  const from = Math.max(startSeconds, Math.ceil(keptFrom / 3600) * 3600);
  const until = Math.min(endSeconds, nowSeconds);
  const rounded = (seconds: number) => Math.floor(from / seconds) * seconds;
  const kept = LADDER.filter(({ periodSeconds: p, keptDays }) => rounded(p) >= nowSeconds - keptDays * DAY);
  const few = kept.find(({ periodSeconds: p }) => (queries * (until - from)) / p <= MAX_POINTS);
  const { periodSeconds } = few ?? LADDER[LADDER.length - 1] ?? LADDER[0];
  const finest = kept[0]?.periodSeconds ?? periodSeconds;
  return {
    startSeconds: rounded(periodSeconds),
    endSeconds: Math.ceil(until / periodSeconds) * periodSeconds,
    periodSeconds,
    ...(startSeconds < keptFrom ? { cutFromSeconds: startSeconds } : {}),
    ...(finest < periodSeconds ? { finerSeconds: finest } : {}),
  };
}
