import type { Issue } from './issue.ts';
import type { Input, Problem } from './report.ts';
import type { RuleName } from './rule-names.ts';
import type { RuleReports } from './rule-report.ts';
import type { TrainingRun } from './run.ts';

/** What was read of one job's `profiler-reports/`. */
export interface RuleOutput {
  /** Folder the rule files lie in, for people. */
  readonly source: string;
  /** The same folder relative to the store, `''` for its root. */
  readonly folder: string;
  readonly reports: RuleReports;
  /** The rule files as they are, damaged ones included: copied beside a notebook that needs them. */
  readonly files: ReadonlyMap<RuleName, Uint8Array>;
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
  /** Given, or the name of the folder that holds the job's files. */
  readonly trainingJobName?: string;
  readonly processingJobArn?: string;
  /** What the ProfilerReport rule was told when the job was started; given by the caller, who asked SageMaker. */
  readonly jobParameters?: Readonly<Record<string, string>>;
  /** Where the rule files were made here, from raw data: that data, and what the rules found in it by rule name. */
  readonly analysis?: Analysis;
}

export interface Analysis {
  readonly run: TrainingRun;
  readonly mode: 'fixed' | 'compat';
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
}
