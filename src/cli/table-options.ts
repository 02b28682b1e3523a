import { UsageError } from '../model/errors.ts';
import type { Span } from '../model/issue.ts';
import { TABLE_NAMES, type TableName } from '../tables/table.ts';
import type { StepRange } from '../tables/windows.ts';
import { moment } from './moment.ts';

/** A part of the job as it is named. */
export interface WindowOptions {
  readonly from?: string;
  readonly to?: string;
  readonly steps?: string;
}

/** Options of `export` as they are written. */
export interface TableOptions extends WindowOptions {
  readonly tables?: string;
  readonly at?: string;
  readonly between?: string;
  readonly bands: string;
}

/** The part of the job that is meant: all of it where no end is named. */
export interface Window {
  readonly window: Span;
  readonly steps?: StepRange;
}

/** The same, read. */
export interface Selection extends Window {
  readonly tables: readonly TableName[];
  /** Absent for the default. */
  readonly intervals?: readonly Span[];
  readonly bands: readonly number[];
}

/** Throws a UsageError where an option cannot be read, or two exclude each other. */
export function readWindow({ from, to, steps }: WindowOptions): Window {
  if (steps !== undefined && (from !== undefined || to !== undefined)) {
    throw new UsageError('--steps names a time by itself: leave --from and --to out.');
  }
  const window = {
    startSeconds: from === undefined ? Number.NEGATIVE_INFINITY : moment('--from', from),
    endSeconds: to === undefined ? Number.POSITIVE_INFINITY : moment('--to', to),
  };
  if (window.startSeconds > window.endSeconds) throw new UsageError(`--from ${from} is later than --to ${to}: turn them around.`);
  return { window, ...(steps === undefined ? {} : { steps: stepsOf(steps) }) };
}

/** Throws a UsageError as `readWindow` does. */
export function readTableOptions({ tables, at, between, bands, ...part }: TableOptions): Selection {
  const window = readWindow(part);
  const intervals = [
    ...split(at).map((text) => ({ startSeconds: moment('--at', text), endSeconds: moment('--at', text) })),
    ...split(between).map(intervalOf),
  ];
  return {
    ...window,
    tables: tablesOf(tables),
    ...(intervals.length === 0 ? {} : { intervals }),
    bands: bandsOf(bands),
  };
}

function tablesOf(text: string | undefined): readonly TableName[] {
  if (text === undefined) return TABLE_NAMES;
  const asked = text.split(',').map((name) => name.trim().toLowerCase());
  const unknown = asked.find((name) => !(TABLE_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--tables ${JSON.stringify(text)}: ${JSON.stringify(unknown)} is none of ${TABLE_NAMES.join(', ')}.`);
  }
  return TABLE_NAMES.filter((name) => asked.includes(name));
}

function intervalOf(text: string): Span {
  const [start, end, ...more] = text.split('/');
  if (start === undefined || end === undefined || more.length > 0) {
    throw new UsageError(`--between ${JSON.stringify(text)} is no interval: write its begin and end as <begin>/<end>.`);
  }
  const interval = { startSeconds: moment('--between', start), endSeconds: moment('--between', end) };
  if (interval.startSeconds <= interval.endSeconds) return interval;
  throw new UsageError(`--between ${JSON.stringify(text)} ends before it begins: turn it around.`);
}

function stepsOf(text: string): StepRange {
  const [, mode, from, to] = /^(?:([a-z]+):)?(\d{1,9})-(\d{1,9})$/i.exec(text) ?? [];
  if (from === undefined || to === undefined || Number(from) >= Number(to)) {
    throw new UsageError(
      `--steps ${JSON.stringify(text)} is no range: write it as 5-10 or train:5-10, the smaller number first.`,
    );
  }
  return { ...(mode === undefined ? {} : { mode: mode.toUpperCase() }), from: Number(from), to: Number(to) };
}

function bandsOf(text: string): readonly number[] {
  const limits = split(text).map(Number);
  const rising = limits.every((limit, i) => limit >= 0 && limit <= 100 && (i === 0 || limit > (limits[i - 1] as number)));
  if (limits.length > 0 && rising) return limits;
  throw new UsageError(
    `--bands ${JSON.stringify(text)} are no limits: write percents from 0 to 100 in rising order, such as 10,90.`,
  );
}

function split(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
