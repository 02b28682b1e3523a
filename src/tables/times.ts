import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';

/** The second told last and its text: rows follow each other within a second, and a Date for each would take most of the time. */
let [lastSecond, lastText] = [Number.NaN, ''];

/** `2023-11-14T22:13:20.500000Z`: the moment to the microsecond. */
export function timestamp(micros: number): string {
  const second = Math.floor(micros / 1e6);
  if (Math.abs(second) > 8.64e12) return '';
  if (second !== lastSecond) [lastSecond, lastText] = [second, new Date(second * 1000).toISOString().slice(0, -4)];
  const rest = String(Math.floor(micros - second * 1e6));
  return `${lastText}${rest.padStart(6, '0')}Z`;
}

/** Seconds of a system file as whole microseconds. */
export function microsOf(seconds: number): number {
  return Math.round(seconds * 1e6);
}

/** The minute of the first system file; without any that of the first event. Seconds since the epoch. */
export function originOf({ metrics, events }: Pick<TrainingRun, 'metrics' | 'events'>): number {
  const minutes = metrics.files.map(({ minuteSeconds }) => minuteSeconds);
  if (minutes.length > 0) return minutes.reduce((a, b) => Math.min(a, b));
  let first = Number.POSITIVE_INFINITY;
  for (const micros of events.startMicros.subarray(0, events.count)) first = Math.min(first, micros);
  return Number.isFinite(first) ? Math.floor(first / 60e6) * 60 : 0;
}

/** A time in whole microseconds: two spellings of one moment differ by less. */
export function microsWindow({ startSeconds, endSeconds }: Span): { readonly from: number; readonly to: number } {
  return { from: microsOf(startSeconds), to: microsOf(endSeconds) };
}

export function endMicros({ startMicros, durationMicros }: FrameworkEvents, event: number): number {
  return (startMicros[event] as number) + (durationMicros[event] as number);
}

/** Least and largest of the values that are numbers; undefined without any. */
export function extent(count: number, valueAt: (i: number) => number): { first: number; last: number } | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const value = valueAt(i);
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return first <= last ? { first, last } : undefined;
}
