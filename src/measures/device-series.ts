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
  const byKey: (Growing | undefined)[] = [];
  const all: Growing[] = [];
  eachBatch(
    scanned,
    dimension,
    (batch, firstRow, endRow) => {
      for (let row = firstRow; row < endRow; row++) {
        if (skipRepeats && metrics.isRepeat(row)) continue;
        const [ofNode, name] = [node[batch] as number, metrics.nameOf(row)];
        let series = byKey[ofNode * names.length + name];
        if (series === undefined) {
          series = {
            node: nodes[ofNode] as string,
            device: names[name] as string,
            rows: [],
            seconds: [],
            values: [],
            counts: new Uint32Array(scans.length),
          };
          byKey[ofNode * names.length + name] = series;
          all.push(series);
        }
        series.rows.push(row);
        series.seconds.push(seconds[batch] as number);
        series.values.push(metrics.valueOf(row));
      }
    },
    (scan) => {
      for (const { counts, values } of all) counts[scan] = values.length;
    },
  );
  const byNode = Map.groupBy(all.map(whole), (series) => series.node);
  return new Map([...byNode].map(([name, series]) => [name, new Map(series.map((one) => [one.device, one]))]));
});

interface Growing {
  readonly node: string;
  readonly device: string;
  readonly rows: number[];
  readonly seconds: number[];
  readonly values: number[];
  readonly counts: Uint32Array;
}

function whole({ rows, seconds, values, ...series }: Growing): DeviceSeries {
  return { ...series, rows: new Uint32Array(rows), seconds: new Float64Array(seconds), values: new Float64Array(values) };
}

/** The devices of all nodes. */
export function allDevices(byNode: DevicesByNode): DeviceSeries[] {
  return [...byNode.values()].flatMap((byDevice) => [...byDevice.values()]);
}
