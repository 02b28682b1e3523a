import { randomLcg, randomNormal } from 'd3-random';
import type { Measured } from '../metric.ts';

/** Numbers about 1, one for each minute, the same for the same seed: what makes made-up data uneven. */
export function unevenness(seed: number, minutes: number, spread = 0.08): (minute: number) => number {
  const next = randomNormal.source(randomLcg(seed / 1000))(1, spread);
  const drawn = Array.from({ length: minutes }, () => Math.max(0.2, next()));
  return (minute) => drawn[minute % minutes] ?? 1;
}

/** Share of the requests, and how many times as long as usual they take: most near one, a long tail. */
const TAIL = [
  [0.1, 0.62],
  [0.3, 0.78],
  [0.5, 0.93],
  [0.7, 1.06],
  [0.85, 1.22],
  [0.93, 1.5],
  [0.97, 1.9],
  [0.99, 2.6],
  [1, 3.4],
] as const;

/** How long `requests` requests took, around `usual`, in whole units of it. */
export function durations(usual: number, requests: number): Measured | undefined {
  if (requests === 0) return;
  const counts = TAIL.map(([share], i) => Math.round(share * requests) - Math.round((TAIL[i - 1]?.[0] ?? 0) * requests));
  return { values: TAIL.map(([, times]) => Math.round(usual * times)), counts };
}

/** Counted once for each request. */
export function ofEach(value: number, requests: number): Measured | undefined {
  return requests === 0 ? undefined : { values: [value], counts: [requests] };
}

/** One for those requests that it happened to, zero for all others. */
export function happened(times: number, requests: number): Measured | undefined {
  return requests === 0 ? undefined : { values: [0, 1], counts: [requests - times, times] };
}

/** A level that was sampled four times in the minute, never below zero. */
export function level(mean: number, sway: number): Measured {
  const values = [mean - sway, mean - sway / 4, mean + sway / 4, mean + sway].map((value) => Math.max(0, round(value)));
  return { values, counts: [1, 1, 1, 1] };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
