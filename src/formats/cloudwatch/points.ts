import type { MetricSeries } from '../../model/monitored.ts';
import type { Identity } from './identity.ts';

/** Points of one series as they come, of several files and pages. */
export class Points {
  readonly identity: Identity;
  /** As the query tells. */
  readonly periodSeconds: number | undefined;
  readonly #seconds: number[] = [];
  readonly #values: number[] = [];

  constructor(identity: Identity, periodSeconds: number | undefined) {
    this.identity = identity;
    this.periodSeconds = periodSeconds;
  }

  add(seconds: number, value: number): void {
    this.#seconds.push(seconds);
    this.#values.push(value);
  }

  /** The points of another one behind its own. */
  take(other: Points): void {
    for (const [i, seconds] of other.#seconds.entries()) this.add(seconds, other.#values[i] as number);
  }

  /** In order of time, each period once: of several values the last one given. `changed` counts those whose values differ. */
  finish(): { seconds: Float64Array; values: Float64Array; repeated: number; changed: number } {
    const [all, given] = [this.#seconds, this.#values];
    const order = Uint32Array.from(all.keys()).sort((a, b) => (all[a] as number) - (all[b] as number));
    const seconds = new Float64Array(order.length);
    const values = new Float64Array(order.length);
    let [count, repeated, changed] = [0, 0, 0];
    for (const at of order) {
      const [moment, value] = [all[at] as number, given[at] as number];
      if (count > 0 && seconds[count - 1] === moment) {
        repeated++;
        if (values[count - 1] !== value) changed++;
        count--;
      }
      seconds[count] = moment;
      values[count++] = value;
    }
    return { seconds: seconds.slice(0, count), values: values.slice(0, count), repeated, changed };
  }
}

/** Where no query tells the period of some series: the distance of points most of which are that far apart, else the smallest of all. */
export function withPeriods(
  series: readonly (Omit<MetricSeries, 'periodSeconds'> & { readonly periodSeconds: number | undefined })[],
): MetricSeries[] {
  const known = series.flatMap(({ periodSeconds, seconds }) => periodSeconds ?? smallestDistance(seconds) ?? []);
  const smallest = known.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const usual = Number.isFinite(smallest) ? smallest : 60;
  return series.map((one) => ({ ...one, periodSeconds: one.periodSeconds ?? regularDistance(one.seconds) ?? usual }));
}

/** Points from which on a distance is believed. */
const ENOUGH = 10;

function regularDistance(seconds: Float64Array): number | undefined {
  const distance = smallestDistance(seconds);
  if (distance === undefined || seconds.length < ENOUGH) return undefined;
  let regular = 0;
  for (let i = 1; i < seconds.length; i++) if ((seconds[i] as number) - (seconds[i - 1] as number) === distance) regular++;
  return 2 * regular > seconds.length ? distance : undefined;
}

function smallestDistance(seconds: Float64Array): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < seconds.length; i++) least = Math.min(least, (seconds[i] as number) - (seconds[i - 1] as number));
  return Number.isFinite(least) ? least : undefined;
}
