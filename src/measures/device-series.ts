import { sorted } from './quantile.ts';
import { eachBatch, once, type Scanned, type ScannedSeries } from './scanned.ts';

/** Samples of one GPU or core in one metric, in percent. */
export interface DeviceSeries extends ScannedSeries {
  readonly node: string;
  /** `gpu0`. */
  readonly device: string;
  /** Row of each value: in one scan the service saw them in this order. */
  readonly rows: Uint32Array;
}

/** Nodes, then their devices, in order of first appearance. */
export type DevicesByNode = ReadonlyMap<string, ReadonlyMap<string, DeviceSeries>>;

/** The samples of every device in one metric, such as `GPUUtilization`. */
export const deviceSeries: (scanned: Scanned, dimension: string) => DevicesByNode = once((scanned, dimension) => {
  const { metrics, scans, skipRepeats } = scanned;
  const { names, nodes, node, seconds } = metrics;
  const counted = countRows(scanned, dimension);
  const byKey: (Filling | undefined)[] = [];
  const all: Filling[] = [];
  eachBatch(
    scanned,
    dimension,
    (batch, firstRow, endRow) => {
      for (let row = firstRow; row < endRow; row++) {
        if (skipRepeats && metrics.isRepeat(row)) continue;
        const [ofNode, name] = [node[batch] as number, metrics.nameOf(row)];
        const key = ofNode * names.length + name;
        let series = byKey[key];
        if (series === undefined) {
          series = new Filling(nodes[ofNode] as string, names[name] as string, counted[key] as number, scans.length);
          byKey[key] = series;
          all.push(series);
        }
        series.add(row, seconds[batch] as number, metrics.valueOf(row));
      }
    },
    (scan) => {
      for (const series of all) series.counts[scan] = series.filled;
    },
  );
  const byNode = Map.groupBy(all, (series) => series.node);
  return new Map([...byNode].map(([name, series]) => [name, new Map(series.map((one) => [one.device, one]))]));
});

/** Rows by node and name: columns of that length need not grow. */
function countRows(scanned: Scanned, dimension: string): number[] {
  const { metrics, skipRepeats } = scanned;
  const counted: number[] = [];
  eachBatch(scanned, dimension, (batch, firstRow, endRow) => {
    const first = (metrics.node[batch] as number) * metrics.names.length;
    for (let row = firstRow; row < endRow; row++) {
      if (skipRepeats && metrics.isRepeat(row)) continue;
      const key = first + metrics.nameOf(row);
      counted[key] = (counted[key] ?? 0) + 1;
    }
  });
  return counted;
}

class Filling implements DeviceSeries {
  readonly node: string;
  readonly device: string;
  readonly rows: Uint32Array;
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  readonly counts: Uint32Array;
  filled = 0;

  constructor(node: string, device: string, length: number, scans: number) {
    this.node = node;
    this.device = device;
    this.rows = new Uint32Array(length);
    this.seconds = new Float64Array(length);
    this.values = new Float64Array(length);
    this.counts = new Uint32Array(scans);
  }

  add(row: number, seconds: number, value: number): void {
    this.rows[this.filled] = row;
    this.seconds[this.filled] = seconds;
    this.values[this.filled++] = value;
  }
}

/** The devices of all nodes. */
export function allDevices(byNode: DevicesByNode): DeviceSeries[] {
  return [...byNode.values()].flatMap((byDevice) => [...byDevice.values()]);
}

const wholeSorted = new WeakMap<Float64Array, Float64Array>();

/** The first `count` values in order. For all of them several rules ask: these are put in order once. */
export function firstSorted({ values }: DeviceSeries, count: number): Float64Array {
  if (count < values.length) return sorted(values.subarray(0, count));
  const known = wholeSorted.get(values) ?? sorted(values);
  wholeSorted.set(values, known);
  return known;
}
