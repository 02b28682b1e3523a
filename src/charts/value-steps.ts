import { extent } from './numbers.ts';

/** Part of a step that nobody sees: packed numbers are exact to seven digits. */
const HARDLY = 1e-5;

/** The axis of values: at most five round numbers from at or below the least value (or zero) to at or above the largest. */
export interface ValueSteps {
  readonly domain: readonly [number, number];
  readonly step: number;
}

export function valueSteps(values: Iterable<number>): ValueSteps {
  const [low, high] = extent([0, ...values]);
  const part = Math.min((high - low) / 4, Number.MAX_VALUE / 10);
  let power = 1;
  while (power * 10 <= part) power *= 10;
  while (power > part) power /= 10;
  const step = power * ([1, 2, 5].find((factor) => factor * power >= part) ?? 10);
  return { domain: [Math.floor(low / step + HARDLY) * step + 0, Math.ceil(high / step - HARDLY) * step + 0], step };
}

/** Where the numbers of the axis stand. */
export function stepValues({ domain: [low, high], step }: ValueSteps): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
}
