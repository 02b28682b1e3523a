import { UsageError } from '../model/errors.ts';

/** Reads the time that an option names: seconds since the epoch, or a date and time; without a zone it is UTC, as everywhere in the data. */
export function moment(option: string, text: string): number {
  if (/^\d{1,11}(\.\d+)?$/.test(text)) return Number(text);
  const [, date, time = '00:00', fraction = '0', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/i.exec(text) ?? [];
  // The data has microseconds; Date knows milliseconds only.
  const seconds = Date.parse(`${date}T${time}${zone}`) / 1000 + Number(fraction);
  if (Number.isFinite(seconds)) return seconds;
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is no time: write seconds since 1970 or a date and time such as 2023-11-14T22:13:20.`,
  );
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Reads the length of time that an option names, `90s`, `30m`, `1.5h`, `2d`, `1w`, in seconds; more than none. */
export function lengthOf(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([smhdw])$/i.exec(text.trim()) ?? [];
  const seconds = Number(number) * (UNIT_SECONDS[unit.toLowerCase()] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw new UsageError(`${option} ${JSON.stringify(text)} is no length of time: write it as 90s, 30m, 3h, 2d or 1w.`);
}
