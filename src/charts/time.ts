import { duration } from '../model/text.ts';

/** Last second of the year 9999. */
const LAST_SECOND = 253402300799;

/** Whether both ends are moments of the years 1970 to 9999; other seconds are drawn as plain numbers. */
export function isDate([low, high]: readonly [number, number]): boolean {
  return low >= 0 && high <= LAST_SECOND;
}

/** `2022-04-02 06:40:00.000`, UTC, of seconds that pass `isDate`. */
export function dateText(epochSeconds: number): string {
  return new Date(Math.floor(epochSeconds * 1000)).toISOString().slice(0, 23).replace('T', ' ');
}

/** `06:40:10 to 06:52:00 UTC (11 min 50 s)`, with the day where it is another one than before. */
export function rangeText([from, to]: readonly [number, number]): string {
  const length = duration(to - from);
  if (!isDate([from, to])) return `${from} to ${to} s (${length})`;
  const [start, end] = [dateText(from), dateText(to)];
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  const [a, b] = [start, end].map((text) => text.slice(sameDay ? 11 : 5, 19));
  return `${a} to ${b} UTC (${length})`;
}
