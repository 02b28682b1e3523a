/**
 * System samples of a job in arrival order, column by column. A batch holds rows of one file that share node, metric and time, such as the
 * utilization of all cores at one moment; they differ in name and value. Files mix the metrics of one moment (both of a core before the next
 * core): batches of one moment stand by their first row. Files stand in the order in which the service's rules saw them: by minute, then by
 * node.
 */
export interface SystemMetrics {
  readonly files: readonly MetricFile[];
  /** `algo-1`, ... in order of first appearance. */
  readonly nodes: readonly string[];
  readonly metrics: readonly Metric[];
  /** `cpu0`, `gpu3`, `MemoryUsedPercent`, ...; an absent name is the empty text. */
  readonly names: readonly string[];
  readonly batchCount: number;
  /** Seconds since the epoch, by batch. */
  readonly seconds: Float64Array;
  /** Index into `nodes`, by batch. */
  readonly node: Uint16Array;
  /** Index into `metrics`, by batch. */
  readonly metric: Uint16Array;
  /** First row of each batch, and the number of rows at the end: rows of batch b are `firstRow[b]` to `firstRow[b + 1] - 1`. */
  readonly firstRow: Uint32Array;
  /** Index into `names`. */
  nameOf(row: number): number;
  /** In the unit of the metric, exactly as the file has it. */
  valueOf(row: number): number;
  /** True where the same node, metric, name, time and value came before: the service counted such rows again, people do not. */
  isRepeat(row: number): boolean;
  /** False where `isRepeat` is so for all rows: nearly always. */
  readonly hasRepeats: boolean;
}

export interface Metric {
  /** `cpu`, `gpu`, `memory`, `i/o`, `network`, or one that nobody has seen yet. */
  readonly type: string;
  /** `CPUUtilization`, `I/OWaitPercentage`, `GPUUtilization`, `GPUMemoryUtilization`, `Algorithm`, `Platform`; empty for memory and disk. */
  readonly dimension: string;
}

/** One minute of one node. */
export interface MetricFile {
  readonly path: string;
  readonly node: string;
  /** From the file's name: its minute, seconds since the epoch. */
  readonly minuteSeconds: number;
  /** Its batches: `firstBatch` to `endBatch - 1`. */
  readonly firstBatch: number;
  readonly endBatch: number;
}
