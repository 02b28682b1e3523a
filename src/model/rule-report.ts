import type { RuleName } from './rule-names.ts';

/**
 * One decoded rule file. Records whose keys come from data (nodes, GPUs, operators, times) are Maps in file order, so that no name
 * can collide with a property of an object. Everything in Details is optional: a file may lack any part.
 */
export interface RuleReport<Name extends RuleName = RuleName> {
  readonly rule: Name;
  /** The service's count of evaluations that triggered. */
  readonly triggered: number;
  readonly violations: number;
  readonly datapoints: number;
  /** By name, values as text. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly details: DetailsByRule[Name];
  /** Parts of the file that could not be read; their counts above stand at 0, their details are empty. */
  readonly unread: readonly Part[];
}

/** The parts of a rule file that a verdict may rest on. */
export type Part = 'triggered' | 'violations' | 'datapoints' | 'details';

/** The decoded rule files of one job; a rule whose file is missing or broken is absent. */
export type RuleReports = { readonly [Name in RuleName]?: RuleReport<Name> };

export interface DetailsByRule {
  readonly CPUBottleneck: BottleneckDetails;
  readonly IOBottleneck: BottleneckDetails;
  readonly LowGPUUtilization: ByNode<ReadonlyMap<string, LowGpu>>;
  readonly StepOutlier: StepOutlierDetails;
  readonly GPUMemoryIncrease: ByNode<ReadonlyMap<string, MemoryIncrease>>;
  readonly BatchSize: ByNode<ReadonlyMap<string, Quartiles>>;
  readonly MaxInitializationTime: InitializationDetails;
  readonly LoadBalancing: ByNode<Workloads>;
  readonly OverallSystemUsage: SystemUsage;
  readonly Dataloader: DataloaderDetails;
  readonly OverallFrameworkMetrics: FrameworkBreakdown;
}

/** Details keyed by node; `last_timestamp` stands among the nodes in the file and is taken out here. */
export interface ByNode<T> {
  readonly nodes: ReadonlyMap<string, T>;
  /** Microseconds since the epoch: start of the last window that triggered. For BatchSize always the job's first minute (Q4). */
  readonly lastTimestampMicros?: number;
}

/** Percent, 0 to 100. Whiskers reach at most 1.5 interquartile ranges beyond the box. */
export interface Quartiles {
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly upper: number;
  readonly lower: number;
}

export interface LowGpu extends Quartiles {
  /** Largest value of the whole job. */
  readonly gpu_max: number;
  /** p95 and p5 of the last window; the quartiles are of the whole job. */
  readonly gpu_95: number;
  readonly gpu_5: number;
}

export interface MemoryIncrease extends Quartiles {
  /** Percentage points, at the last trigger. */
  readonly increase: number;
  readonly gpu_max: number;
  readonly p05: number;
}

export interface Workloads {
  /** GPU to 49 counts: bins of 2 % from 0 to 98; values above 98 are not in the service's file (Q7), in ours they are in the last bin. */
  readonly workloads?: ReadonlyMap<string, readonly number[]>;
  /** GPU to how much of its last bin is above 98 %; only in our own files. */
  readonly above_98?: ReadonlyMap<string, number>;
  readonly distances?: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Shares in percent and sums in microseconds, by phase or operator. */
export interface FrameworkBreakdown {
  readonly ratio?: ReadonlyMap<string, number>;
  readonly phase?: ReadonlyMap<string, number>;
  readonly general?: ReadonlyMap<string, number>;
  readonly forward_backward?: ReadonlyMap<string, number>;
  readonly horovod?: ReadonlyMap<string, number>;
  readonly CPU?: ReadonlyMap<string, number>;
  readonly CPU_total?: ReadonlyMap<string, number>;
  readonly GPU?: ReadonlyMap<string, number>;
  readonly GPU_total?: ReadonlyMap<string, number>;
}

export interface BottleneckDetails extends FrameworkBreakdown {
  /** Moments with a GPU below `gpu_threshold`, over all nodes. */
  readonly low_gpu_utilization?: number;
  readonly bottlenecks: readonly Bottleneck[];
}

/** One moment with GPUs below and cores above their thresholds. In file order: by node, not by time. */
export interface Bottleneck {
  readonly seconds: number;
  readonly gpus: number;
  readonly cores: number;
}

export interface StepOutlierDetails extends FrameworkBreakdown {
  /** By worker, `algo-1-27`. */
  readonly step_details?: ReadonlyMap<string, StepDetails>;
}

export interface StepDetails {
  /** Seconds. */
  readonly step_stats?: UsageStatistics & { readonly mean?: number | undefined };
  readonly number_of_outliers?: number;
  readonly phase?: string;
  readonly stddev?: number;
  /** Counts of the steps that are not outliers; one fewer than `binedges` (seconds). */
  readonly probs?: readonly number[];
  readonly binedges?: readonly number[];
  readonly step_numbers?: readonly string[];
}

export interface InitializationDetails {
  /** Microseconds since the epoch. */
  readonly step_num?: { readonly first?: number; readonly last?: number };
  /** First and last system sample, seconds since the epoch. */
  readonly job_start?: number;
  readonly job_end?: number;
}

/** By metric as the file names it (`GPU`, `CPU`, `CPU memory`, `GPU memory`, `I/O`: percent; `Network`: bytes per second), then node. */
export type SystemUsage = ReadonlyMap<string, ReadonlyMap<string, UsageStatistics>>;

/** Statistics of a series, each where the file has it. */
export interface UsageStatistics {
  readonly max?: number | undefined;
  readonly p99?: number | undefined;
  readonly p95?: number | undefined;
  readonly p50?: number | undefined;
  readonly min?: number | undefined;
}

export interface DataloaderDetails {
  readonly pin_memory?: boolean;
  readonly num_workers?: number;
  readonly prefetch?: boolean;
  readonly cores?: number;
  readonly dataloaders?: number;
  /** Seconds; 100 counts and 101 edges. */
  readonly dataloading_time?: {
    readonly p25?: number;
    readonly p50?: number;
    readonly p95?: number;
    readonly probs?: readonly number[];
    readonly binedges?: readonly number[];
  };
}
