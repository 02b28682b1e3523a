/** One profile of Python code over a span of the job. */
export interface PythonProfile {
  readonly path: string;
  /** Folder below `framework/`: `pytorch`, `tensorflow`, ... */
  readonly framework: string;
  readonly profiler: 'cProfile' | 'pyinstrument';
  /** `algo-1-27`. */
  readonly worker: string;
  /** From the folder's name; undefined where it is not of a known form. */
  readonly start?: ProfileMoment;
  readonly end?: ProfileMoment;
  /** cProfile only. Functions in file order. */
  readonly functions: readonly PythonFunction[];
  /** pyinstrument only. */
  readonly root?: PythonFrame;
}

export interface ProfileMoment {
  /** train, eval, predict, global, prestepzero, posthookclose. */
  readonly mode: string;
  /** Undefined for `*`: before the first or after the last step. */
  readonly step?: number;
  /** start, stepstart, forwardpassend, stepend, end. */
  readonly phase: string;
  /** Microseconds since the epoch. */
  readonly micros: number;
}

export interface PythonFunction {
  /** `~` and line 0 for a built-in. */
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly primitiveCalls: number;
  readonly totalCalls: number;
  readonly ownSeconds: number;
  readonly cumulativeSeconds: number;
  readonly callers: readonly PythonCaller[];
}

/** What one caller contributed. */
export interface PythonCaller {
  /** Index into the profile's functions. */
  readonly caller: number;
  readonly primitiveCalls: number;
  readonly totalCalls: number;
  readonly ownSeconds: number;
  readonly cumulativeSeconds: number;
}

/** A frame of a sampled call tree. */
export interface PythonFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly children: readonly PythonFrame[];
}
