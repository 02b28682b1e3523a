import type { Input, Problem } from './report.ts';
import type { RuleReports } from './rule-report.ts';

/** What was read of one job's `profiler-reports/`. */
export interface RuleOutput {
  /** Folder the rule files lie in, for people. */
  readonly source: string;
  readonly reports: RuleReports;
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
  readonly trainingJobName?: string;
  readonly processingJobArn?: string;
}
