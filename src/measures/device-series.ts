import { eachRow, once, type Scanned, type ScannedSeries } from './scanned.ts';

/** Samples of one GPU or core in one metric, in percent. */
export interface DeviceSeries extends ScannedSeries {
  readonly node: string;
  /** `gpu0`. */
  readonly device: string;
}

/** Nodes, then their devices, in order of first appearance. */
export type DevicesByNode = ReadonlyMap<string, ReadonlyMap<string, DeviceSeries>>;

/** The samples of every device in one metric, such as `GPUUtilization`. */
export const deviceSeries: (scanned: Scanned, dimension: string) => DevicesByNode = once((scanned, dimension) => {
  const { metrics, scans } = scanned;
  const { names, nodes, node, seconds } = metrics;
  const growing = new Map<number, { key: number; seconds: number[]; values: number[]; counts: Uint32Array }>();
  eachRow(
    scanned,
    dimension,
    (row, batch) => {
      const key = (node[batch] as number) * names.length + metrics.nameOf(row);
      let series = growing.get(key);
      if (series === undefined) {
        series = { key, seconds: [], values: [], counts: new Uint32Array(scans.length) };
        growing.set(key, series);
      }
      series.seconds.push(seconds[batch] as number);
      series.values.push(metrics.valueOf(row));
    },
    (scan) => {
      for (const { counts, values } of growing.values()) counts[scan] = values.length;
    },
  );
  const all = [...growing.values()].map(
    (series): DeviceSeries => ({
      node: nodes[Math.floor(series.key / names.length)] as string,
      device: names[series.key % names.length] as string,
      seconds: Float64Array.from(series.seconds),
      values: Float64Array.from(series.values),
      counts: series.counts,
    }),
  );
  const byNode = Map.groupBy(all, (series) => series.node);
  return new Map([...byNode].map(([name, series]) => [name, new Map(series.map((one) => [one.device, one]))]));
});
