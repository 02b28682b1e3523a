const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(?:(Z|UTC)|([+-])(\d\d):?(\d\d))?$/i;
/** Numbers beyond are milliseconds: seconds would be in the year 5138. */
const MOST_SECONDS = 1e11;

/** Seconds since the epoch of what CloudWatch's clients print: ISO 8601 in any time zone, UTC where none is told; or the epoch. NaN otherwise. */
export function momentSeconds(value: unknown): number {
  if (typeof value === 'number') {
    const seconds = value > MOST_SECONDS ? value / 1000 : value;
    return seconds >= 0 && seconds <= MOST_SECONDS ? seconds : Number.NaN;
  }
  if (typeof value !== 'string') return Number.NaN;
  const [all, year, month, day, hour, minute, second = 0, fraction = '', , sign, hours = 0, minutes = 0] = ISO.exec(value) ?? [];
  if (all === undefined) return Number.NaN;
  const numbers = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  const [y, mo, d, h, mi, s] = numbers;
  const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  // 31 February would be in March.
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d || date.getUTCMinutes() !== mi) return Number.NaN;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  return (date.getTime() + Math.round(Number(`0.${fraction || 0}`) * 1000)) / 1000 - offset;
}

/** As CloudWatch prints moments, to the millisecond. */
export function momentText(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().replace('.000Z', 'Z');
}
