import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';

export type Cell = string | number | boolean | null;

/** `whole` numbers keep their 53 bits; an unknown cell is null. */
export interface DataColumn {
  readonly name: string;
  readonly type: 'text' | 'whole' | 'real' | 'flag';
}

/** A table for data frames; its rows are made while they are asked for. */
export interface DataTable {
  readonly name: TableName;
  readonly columns: readonly DataColumn[];
  rows(): Iterable<readonly Cell[]>;
}

/** What a table is made of. */
export interface TableInput {
  readonly run: TrainingRun;
  /** Times in microseconds count from here: the minute of the first system file, seconds since the epoch. */
  readonly originSeconds: number;
  /** Rows outside are left out; both ends count. */
  readonly window: Span;
  /** Times for the table of activity; an instant begins and ends at once. */
  readonly intervals: readonly Span[];
  /** Limits of the bands of device usage, percent, rising. */
  readonly bands: readonly number[];
}

export const TABLE_NAMES = [
  'system',
  'framework',
  'dataloader',
  'activity',
  'job',
  'steps',
  'utilization',
  'devices',
  'phases',
  'profiles',
  'functions',
  'callers',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export const text = (name: string): DataColumn => ({ name, type: 'text' });
export const whole = (name: string): DataColumn => ({ name, type: 'whole' });
export const real = (name: string): DataColumn => ({ name, type: 'real' });
export const flag = (name: string): DataColumn => ({ name, type: 'flag' });
