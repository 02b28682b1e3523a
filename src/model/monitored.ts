import type { Dimension, MetricName, Namespace, Statistic, Unit } from './cloudwatch-metrics.ts';
import type { Damage } from './run.ts';

/** What can be monitored. */
export const SUBJECT_KINDS = ['endpoint', 'training job', 'transform job', 'processing job'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What CloudWatch and SageMaker tell of a job or an endpoint over a span of time. */
export interface Monitored {
  readonly subject: Subject;
  /** What was asked for, seconds since the epoch: series may begin later and end earlier. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Where it comes from, for people: `CloudWatch, eu-west-1`, or names of files. */
  readonly source: string;
  readonly series: readonly MetricSeries[];
  readonly logs: Logs;
  /** Everything tolerated while reading, or asked for and not there. */
  readonly damage: readonly Damage[];
}

/** Of what, and of which time, something is asked or read. */
export interface Inquiry {
  readonly kind: SubjectKind;
  readonly name: string;
  /** Of an endpoint: only this variant. */
  readonly variant?: string;
  /** Seconds since the epoch. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}

/** The job or endpoint, and what it runs on as far as it is known. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly region?: string;
  readonly accountId?: string;
  /** `InService`, `Completed`, as SageMaker has it. */
  readonly status?: string;
  /** Why it failed, as SageMaker has it. */
  readonly failureReason?: string;
  /** Of a job: `ml.p3.2xlarge` and how many; an endpoint has them by variant. */
  readonly instanceType?: string;
  readonly instanceCount?: number;
  /** Of an endpoint; empty for a job. */
  readonly variants: readonly Variant[];
  /** Of a job: its phases, in order. */
  readonly phases: readonly Phase[];
}

export interface Variant {
  readonly name: string;
  readonly instanceType?: string;
  readonly instanceCount?: number;
  /** Share of the traffic that it was given, 0 to 1. */
  readonly weight?: number;
  /** Names of the containers in the order in which a request passes them; several in an inference pipeline. `container-1`, ... where unnamed. */
  readonly containers: readonly string[];
  readonly isServerless?: boolean;
  /** Many models in one container, loaded when they are asked for. */
  readonly isMultiModel?: boolean;
}

/** A status that a job was in. */
export interface Phase {
  /** `Starting`, `Downloading`, `Training`, ... as SageMaker has it. */
  readonly status: string;
  readonly startSeconds: number;
  /** Absent for the one it is still in. */
  readonly endSeconds?: number;
  readonly message?: string;
}

/** One statistic of one metric over time. */
export interface MetricSeries {
  readonly namespace: Namespace;
  /** By its right name, also where CloudWatch has an earlier spelling. */
  readonly metric: MetricName;
  readonly dimensions: Readonly<Partial<Record<Dimension, string>>>;
  readonly statistic: Statistic;
  readonly unit: Unit;
  readonly periodSeconds: number;
  /** Start of each period with data, seconds since the epoch, ascending; a period without data has no point. */
  readonly seconds: Float64Array;
  /** As many, in the unit: percent of CPU and GPU go to 100 x cores or GPUs, latencies are microseconds. */
  readonly values: Float64Array;
}

export interface Logs {
  /** `/aws/sagemaker/Endpoints/<name>`; absent where no logs were asked for or there is none. */
  readonly group?: string;
  /** What `--grep` asked for: lines that match it were looked for too. */
  readonly grep?: string;
  /** In order of time; secrets masked already. */
  readonly lines: readonly LogLine[];
  /** Lines that look like errors but were left out, since there are more than are kept. */
  readonly leftOut: number;
}

export interface LogLine {
  /** Seconds since the epoch. */
  readonly seconds: number;
  readonly stream: string;
  readonly message: string;
}
