import type { Monitored } from '../model/monitored.ts';
import type { Damage } from '../model/run.ts';
import { duration, utc, visibleName } from '../model/text.ts';
import { seriesOfVariant, variantNames } from './metric-series.ts';

/** Values come some minutes late, and some of them every five minutes only: less than this is no silence. */
const LEAST_SECONDS = 900;

/** Since when nothing came of a variant in service, up to the end of what was asked for; seconds since the epoch. */
export interface Silence {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Undefined where its data go on to the end, where it has none at all, and where SageMaker does not say that it is in service. */
export function silenceOf(monitored: Monitored, variant: string): Silence | undefined {
  const { subject, endSeconds } = monitored;
  if (subject.status !== 'InService') return undefined;
  let [startSeconds, periodSeconds] = [Number.NEGATIVE_INFINITY, 0];
  for (const one of seriesOfVariant(monitored, variant)) {
    const last = one.seconds.at(-1);
    if (last === undefined) continue;
    startSeconds = Math.max(startSeconds, last + one.periodSeconds);
    periodSeconds = Math.max(periodSeconds, one.periodSeconds);
  }
  const least = Math.max(LEAST_SECONDS, 2 * periodSeconds);
  return Number.isFinite(startSeconds) && endSeconds - startSeconds >= least ? { startSeconds, endSeconds } : undefined;
}

/** One sentence. */
export function silenceText({ startSeconds, endSeconds }: Silence): string {
  return `CloudWatch has nothing of it after ${utc(startSeconds)}, for the last ${duration(endSeconds - startSeconds)}, though the endpoint is in service.`;
}

/** Of every variant, to be told with what else is missing. */
export function silences(monitored: Monitored): Damage[] {
  return variantNames(monitored).flatMap((variant): Damage[] => {
    const span = silenceOf(monitored, variant);
    if (span === undefined) return [];
    return [{ kind: 'no data', count: 1, detail: `Variant ${visibleName(variant)}: ${silenceText(span)}`, span }];
  });
}
