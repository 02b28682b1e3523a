/**
 * A minute of the job as rules look at it. In `compat` mode as the service cut it: rows and events on an edge are in two scans, and what
 * comes after the last whole minute is in none. In `fixed` mode each row and event is in exactly one.
 */
export interface Scan {
  /** Microseconds since the epoch. */
  readonly startMicros: number;
  readonly endMicros: number;
  /** Batches of `SystemMetrics`, in the order in which the service saw them. */
  readonly batches: Uint32Array;
  /** Events of `FrameworkEvents`. */
  readonly events: Uint32Array;
}
