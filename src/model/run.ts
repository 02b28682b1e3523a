import type { FrameworkEvents } from './framework-events.ts';
import type { Monitored } from './monitored.ts';
import type { PythonProfile } from './python-profile.ts';
import type { SystemMetrics } from './system-metrics.ts';

/** What was read of one job or endpoint. Rules say which kind they judge. */
export type Run = TrainingRun | EndpointRun;

/** The raw profiler output of a training job; or what CloudWatch has of a training, transform or processing job, as samples. */
export interface TrainingRun {
  readonly kind: 'training';
  /** Where the samples are CloudWatch's, a minute or more apart, each of all cores or GPUs of a host together. */
  readonly monitored?: Monitored;
  readonly metrics: SystemMetrics;
  readonly events: FrameworkEvents;
  readonly profiles: readonly PythonProfile[];
  /** Everything tolerated while reading. */
  readonly damage: readonly Damage[];
  /** True where an end marker says that the job is over; without one it still runs, or nobody knows. */
  readonly ended: boolean;
}

/** What CloudWatch has of an endpoint. */
export interface EndpointRun {
  readonly kind: 'endpoint';
  readonly monitored: Monitored;
}

/** What may be tolerated. */
export const DAMAGE_KINDS = [
  'bad lines',
  'cut tail',
  'empty file',
  'unreadable file',
  'skipped file',
  'repeated rows',
  'gap',
  'clock jump',
  'misplaced rows',
  'events left out',
  'not allowed',
  'no data',
  'left out',
  'assumed',
] as const;

/** One thing that was tolerated: told in the section on data quality, never silent. */
export interface Damage {
  readonly kind: (typeof DAMAGE_KINDS)[number];
  /** Path below the source; absent where it concerns a node or worker as a whole. */
  readonly file?: string;
  /** Node or worker. */
  readonly node?: string;
  readonly count: number;
  /** One sentence, for people: what, where (line or time), and what was done about it. */
  readonly detail: string;
  readonly span?: { readonly startSeconds: number; readonly endSeconds: number };
}
