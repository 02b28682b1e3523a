import type { ErrorMetric } from '../../measures/endpoint-traffic.ts';
import type { Resource } from '../../measures/endpoint-utilization.ts';
import type { Points } from '../../measures/metric-series.ts';
import { largest } from '../../measures/metric-series.ts';
import type { Cell, Column, RuleResult, Section } from '../../model/report.ts';
import { duration, percent } from '../../model/text.ts';

export const ERRORS: Readonly<Record<ErrorMetric, string>> = {
  Invocation4XXErrors: '4XX',
  Invocation5XXErrors: '5XX',
  InvocationModelErrors: 'model errors',
};

export const RESOURCE_NAMES: Readonly<Record<Resource, string>> = {
  CPUUtilization: 'CPU',
  MemoryUtilization: 'Memory',
  GPUUtilization: 'GPU',
  GPUMemoryUtilization: 'GPU memory',
  DiskUtilization: 'Disk',
};

/** `gpu-memory`. */
export function resourceId(resource: Resource): string {
  return RESOURCE_NAMES[resource].toLowerCase().replace(' ', '-');
}

/** Latencies from here on are drawn in seconds, microseconds. */
const SECONDS_FROM = 10e6;

/** Unit in which latencies of one chart are drawn, and what microseconds are multiplied with. */
export function latencyUnit(all: readonly (Points | undefined)[]): { readonly unit: 's' | 'ms'; readonly factor: number } {
  const most = all.reduce((high, points) => Math.max(high, (points && largest(points)) ?? 0), 0);
  return most >= SECONDS_FROM ? { unit: 's', factor: 1e-6 } : { unit: 'ms', factor: 1e-3 };
}

export function latency(micros: number): string {
  return duration(micros / 1e6);
}

/** A share that may be small: `0.02 %`. */
export function smallPercent(value: number): string {
  return percent(value, value !== 0 && Math.abs(value) < 1 ? 3 : 1);
}

export function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** The section that tells about a rule carries its id and its verdict; the plain section where the rule did not run. */
export function ofRule(section: Omit<Section, 'rule'>, rule: string, results: readonly RuleResult[]): Section {
  const result = results.find((one) => one.rule === rule);
  return result ? { ...section, id: result.sectionId, rule } : section;
}

type Rows = readonly (readonly (Cell | undefined)[])[];

/** A table without the columns that no row has anything in. */
export function withoutEmpty(columns: readonly Column[], rows: Rows): [Column[], Rows] {
  const kept = columns.map((_, i) => rows.some((row) => (row[i] ?? '') !== ''));
  return [columns.filter((_, i) => kept[i]), rows.map((row) => row.filter((_, i) => kept[i]))];
}
