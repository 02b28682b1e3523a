/**
 * Complete events of a framework's timelines, column by column: in the order of the files (by the time in their names), within a file in
 * arrival order. Indices point into the lists of texts.
 */
export interface FrameworkEvents {
  readonly files: readonly EventFile[];
  readonly count: number;
  /** Microseconds since the epoch; may have a fraction. */
  readonly startMicros: Float64Array;
  readonly durationMicros: Float64Array;
  readonly name: Uint32Array;
  readonly phase: Uint32Array;
  /** Worker, `algo-1-27`. */
  readonly worker: Uint32Array;
  /** Index into `files`. */
  readonly file: Uint32Array;
  /** Index into `steps`, or -1 where the event belongs to no step. */
  readonly step: Int32Array;
  /** `args.pid`, else the number of the phase. */
  readonly pid: Float64Array;
  /** `args.thread_id`, else the event's tid, else 0. */
  readonly tid: Float64Array;
  readonly names: readonly string[];
  readonly phases: readonly string[];
  readonly workers: readonly string[];
  /** Step numbers as the files spell them, as text. */
  readonly steps: readonly string[];
  /** The few arguments that rules and tables read, of the few events that have them, by event. */
  readonly details: ReadonlyMap<number, EventDetails>;
  /** True where `pid` comes from `args.pid`. */
  hasPid(event: number): boolean;
  /** True where an equal event (worker, phase, name, start, duration, pid, tid) came before. */
  isRepeat(event: number): boolean;
}

export interface EventDetails {
  readonly workerId?: number;
  readonly workers?: number;
  readonly pinMemory?: boolean;
  /** `layer_name` or `name` of the arguments. */
  readonly layer?: string;
  readonly bytes?: number;
}

export interface EventFile {
  readonly path: string;
  /** What wrote it: the label that the service's parser gives, empty for Horovod (rules rely on it). */
  readonly label: 'PythontimelineMetrics' | 'DetailedframeworkMetrics' | '' | 'SMDataParallelMetrics' | 'TFProfilerMetrics';
  readonly worker: string;
  /** From the file's name: the latest end of its events, microseconds since the epoch. */
  readonly endMicros: number;
  readonly firstEvent: number;
  readonly endEvent: number;
}
