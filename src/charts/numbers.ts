import { extent as d3Extent, max } from 'd3-array';

/**
 * How values up to `largest` are written, as a d3-format specifier: the same in the drawing, in plotly and in the notebook.
 * Bytes get SI prefixes, everything else plain digits, as many as matter.
 */
export function valueFormat(largest: number, unit: string): string {
  const size = Math.abs(largest);
  if (unit.startsWith('B') && size >= 1000) return '.4~s';
  if (size >= 1e9) return '.4~g';
  if (size >= 1000) return ',.0f';
  if (size >= 100) return '.1~f';
  if (size >= 1) return '.2~f';
  return '.3~g';
}

/** What follows a number: ` %`, ` s`, or the unit at once where the number ends in an SI prefix. */
export function unitSuffix(unit: string, format: string): string {
  if (unit === '') return '';
  return format.endsWith('s') ? unit : ` ${unit}`;
}

/** `GPU utilization (%)`. */
export function titleWithUnit(title: string, unit: string): string {
  return unit === '' ? title : `${title} (${unit})`;
}

/** Smallest and largest of the values, never the same: an axis needs a length. Empty: 0 to 1. */
export function extent(values: Iterable<number>): [number, number] {
  const [low, high] = d3Extent(values);
  if (low === undefined || high === undefined) return [0, 1];
  return low === high ? [low, low === 0 ? 1 : low + Math.abs(low)] : [low, high];
}

/** The least of 1, 2, 3, 4, 6, 10, 15 and so on (up to three steps of 1, 2, 5 or 10 times a power of ten) that no count exceeds. */
export function niceCount(counts: Iterable<number>): number {
  const largest = Math.max(1, max(counts) ?? 0);
  let power = 1;
  while (largest > 30 * power) power *= 10;
  const step = power * ([1, 2, 5].find((factor) => largest <= 3 * factor * power) ?? 10);
  return Math.ceil(largest / step) * step;
}
