/** One line of trace-event JSON, as Perfetto and chrome://tracing read it. */
export interface TraceObject {
  /** X complete event, C counter, i instant, M metadata. */
  readonly ph: 'X' | 'C' | 'i' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  /** Microseconds since the epoch. */
  readonly ts: number;
  readonly dur?: number;
  /** Of an instant: `p` for a line through its process. */
  readonly s?: 'p';
  readonly args?: Readonly<Record<string, string | number | boolean>>;
}
