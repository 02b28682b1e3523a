import type { Chart } from '../model/chart.ts';
import { isTimeChart } from './time-chart.ts';

/** A chart as it stands in the html: what its many numbers are drawn from is packed, gzip and base64 of `chartBytes`. */
export interface PackedChart extends Pick<Chart, 'kind' | 'id' | 'title' | 'alt'> {
  readonly packed: string;
}

/** Shorter lists of numbers stay in the JSON. */
const SHORTEST = 16;
/** In a list of bytes: no value; the others are steps of its range. */
const NO_BYTE = 255;
/** Name of the property that stands for a list of numbers. */
const LIST = '#numbers';

type Numbers = readonly (number | null)[];
/** Place among the bytes after the JSON, count, value of 0, value of a step; a step of 0 for 32-bit floats added to that value. */
type Place = readonly [offset: number, count: number, base: number, step: number];

/** Charts whose numbers are worth packing: those over time, and flame graphs. */
export function isPacked(chart: Chart): boolean {
  return isTimeChart(chart) || chart.kind === 'flame';
}

/**
 * Length of the JSON (32 bits, little-endian), the JSON, and the long lists of numbers it points to: those of a grid as bytes in equal
 * steps of their range, which is finer than its shades, others as 32-bit floats.
 */
export function chartBytes(chart: Chart): Uint8Array {
  const lists: Uint8Array[] = [];
  let offset = 0;
  const json = JSON.stringify(chart, (_, value: unknown) => {
    if (!isNumbers(value)) return value;
    const known = value.filter((one) => one !== null);
    const base = known.reduce((least, one) => Math.min(least, one), known[0] ?? 0);
    const step = chart.kind === 'grid' ? (known.reduce((most, one) => Math.max(most, one), base) - base) / (NO_BYTE - 1) || 1 : 0;
    const bytes = step > 0 ? steps(value, base, step) : floats(value, base);
    lists.push(bytes);
    const place: Place = [offset, value.length, base, step];
    offset += bytes.length;
    return { [LIST]: place };
  });
  const text = new TextEncoder().encode(json);
  const result = new Uint8Array(4 + text.length + offset);
  new DataView(result.buffer).setUint32(0, text.length, true);
  result.set(text, 4);
  let at = 4 + text.length;
  for (const bytes of lists) {
    result.set(bytes, at);
    at += bytes.length;
  }
  return result;
}

export function chartOfBytes(bytes: Uint8Array): Chart {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const lists = bytes.subarray(4 + length);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)), (_, value) => {
    const place: Place | undefined = value?.[LIST];
    return place ? numbersAt(lists, place) : value;
  });
}

function isNumbers(value: unknown): value is Numbers {
  return Array.isArray(value) && value.length >= SHORTEST && value.every((one) => one === null || typeof one === 'number');
}

function steps(values: Numbers, base: number, step: number): Uint8Array {
  return Uint8Array.from(values, (value) => (value === null ? NO_BYTE : Math.round((value - base) / step)));
}

function floats(values: Numbers, base: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    bytes.setFloat32(index * 4, value === null ? Number.NaN : value - base, true);
  });
  return new Uint8Array(bytes.buffer);
}

function numbersAt(lists: Uint8Array, [offset, count, base, step]: Place): Numbers {
  const view = new DataView(lists.buffer, lists.byteOffset + offset);
  return Array.from({ length: count }, (_, index) => {
    if (step > 0) return view.getUint8(index) === NO_BYTE ? null : base + view.getUint8(index) * step;
    const value = view.getFloat32(index * 4, true);
    return Number.isNaN(value) ? null : base + value;
  });
}
