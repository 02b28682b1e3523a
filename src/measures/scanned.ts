import type { SystemMetrics } from '../model/system-metrics.ts';

/** The samples of a job in the scans in which rules look at them. */
export interface Scanned {
  readonly metrics: SystemMetrics;
  readonly scans: readonly { readonly batches: Uint32Array }[];
  /** Rows that came before do not count. */
  readonly skipRepeats: boolean;
}

/** Values over time, in the order of the scans. */
export interface ScannedSeries {
  /** Seconds since the epoch. */
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** By scan, the number of values up to its end. */
  readonly counts: Uint32Array;
}

/** Calls back for every row that counts, of the metrics of a dimension, scan by scan; `onScan` at the end of each. */
export function eachRow(
  { metrics, scans, skipRepeats }: Scanned,
  dimension: string,
  onRow: (row: number, batch: number) => void,
  onScan: (scan: number) => void,
): void {
  const isMeant = metrics.metrics.map((metric) => metric.dimension === dimension);
  for (const [scan, { batches }] of scans.entries()) {
    for (const batch of batches) {
      if (!isMeant[metrics.metric[batch] as number]) continue;
      const end = metrics.firstRow[batch + 1] as number;
      for (let row = metrics.firstRow[batch] as number; row < end; row++) {
        if (!skipRepeats || !metrics.isRepeat(row)) onRow(row, batch);
      }
    }
    onScan(scan);
  }
}

/** Several rules ask for the same measure of the same scans: it is made once. */
export function once<T>(make: (scanned: Scanned, dimension: string, name?: string) => T): typeof make {
  const known = new WeakMap<Scanned['scans'], Map<string, T>>();
  return (scanned, dimension, name) => {
    const ofScans = known.get(scanned.scans) ?? new Map<string, T>();
    known.set(scanned.scans, ofScans);
    const key = `${dimension}/${name ?? ''}`;
    if (!ofScans.has(key)) ofScans.set(key, make(scanned, dimension, name));
    return ofScans.get(key) as T;
  };
}
