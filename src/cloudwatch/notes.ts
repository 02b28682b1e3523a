import type { MetricSeries, Subject } from '../model/monitored.ts';
import { plural, utc } from '../model/text.ts';
import type { Shape } from './describe/shape.ts';
import { KEPT_DAYS, type Sampling } from './period.ts';
import { MAX_HOSTS } from './targets.ts';
import type { Tolerance } from './tolerance.ts';

/** Tells what is not asked for, though it was wanted. */
export function noteLimits(
  { cutFromSeconds, finerSeconds, periodSeconds }: Sampling,
  hosts: number,
  { note }: Pick<Tolerance, 'note'>,
): void {
  if (cutFromSeconds !== undefined)
    note('left out', `CloudWatch keeps metrics for ${KEPT_DAYS} days: those of before ${utc(cutFromSeconds)} are gone.`);
  if (finerSeconds !== undefined) {
    const [apart, finer] = [periodSeconds, finerSeconds].map((seconds) => plural(seconds / 60, 'minute'));
    note(
      'left out',
      `Of so many metrics over so long a time the values are ${apart} apart: ask for a shorter time to see them ${finer} apart.`,
    );
  }
  if (hosts > MAX_HOSTS) note('left out', `There are ${hosts} hosts: the report has the first ${MAX_HOSTS}.`);
}

/** Tells what was asked for and is not there, where other things are. */
export function noteMissing(
  { kind, name, variants }: Subject,
  { state }: Pick<Shape, 'state'>,
  series: readonly MetricSeries[],
  { note }: Pick<Tolerance, 'note'>,
): void {
  if (state === 'gone') note('no data', `SageMaker has no ${kind} ${name} any more: this is what CloudWatch still has of it.`);
  if (series.length === 0) return;
  for (const variant of variants)
    if (!series.some(({ dimensions }) => dimensions.VariantName === variant.name))
      note('no data', `CloudWatch has no data of variant ${variant.name} in this time.`);
}
