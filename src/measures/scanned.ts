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

/** Calls back for every batch of the metrics of a dimension, scan by scan; `onScan` at the end of each. */
export function eachBatch(
  { metrics, scans }: Scanned,
  dimension: string,
  onBatch: (batch: number, firstRow: number, endRow: number) => void,
  onScan?: (scan: number) => void,
): void {
  const isMeant = Uint8Array.from(metrics.metrics, (metric) => Number(metric.dimension === dimension));
  const { metric, firstRow } = metrics;
  for (const [scan, { batches }] of scans.entries()) {
    for (let i = 0; i < batches.length; i++) {
      const batch = batches[i] as number;
      if (isMeant[metric[batch] as number] === 1) onBatch(batch, firstRow[batch] as number, firstRow[batch + 1] as number);
    }
    onScan?.(scan);
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
