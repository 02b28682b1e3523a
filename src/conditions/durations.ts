import { UsageError } from '../model/errors.ts';

const UNITS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** CloudWatch keeps no metric longer: 15 months. */
const LONGEST_SECONDS = 455 * UNITS.d;

/** Seconds of `90s`, `5m`, `2h`, `1d`. Throws a UsageError for anything else. */
export function durationOf(word: string): number {
  const [, count, unit] = /^(\d{1,9})(s|m|min|h|d)$/i.exec(word) ?? [];
  const seconds = Number(count) * UNITS[(unit?.toLowerCase().charAt(0) ?? 's') as keyof typeof UNITS];
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return seconds;
  throw new UsageError(
    `"${word}" after "for" is no time: write 90s, 5m, 2h or 1d, at most 455d, as long as CloudWatch keeps metrics`,
  );
}

/** The same back, in the largest unit that it is a whole number of. */
export function durationText(seconds: number): string {
  const [unit, size] = Object.entries(UNITS).find(([, size]) => seconds % size === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
