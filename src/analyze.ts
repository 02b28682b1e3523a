import { encodeRuleFile } from './formats/rule-file.ts';
import { decodeRuleReport } from './formats/rule-report.ts';
import { UsageError } from './model/errors.ts';
import type { Problem } from './model/report.ts';
import type { RuleName } from './model/rule-names.ts';
import type { Analysis } from './model/rule-output.ts';
import type { RuleReport, RuleReports } from './model/rule-report.ts';
import type { TrainingRun } from './model/run.ts';
import { givenParameters } from './rules/given-parameters.ts';
import { ADDED_RULES, allRules, minuteRules } from './rules/index.ts';
import type { AddedRule, Mode } from './rules/rule.ts';
import { type Outcome, runRules } from './rules/run-rules.ts';

export interface AnalyzeOptions {
  /** `fixed` where left out. */
  readonly mode?: Mode;
  /** By full name, `LowGPUUtilization_threshold_p95`, case aside; defaults for all others. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Rules that run besides the project's own. */
  readonly rules?: readonly AddedRule[];
}

/** What all rules made of a job's raw data. */
export interface Analyzed {
  /** The eleven rule files, less those of rules that broke. */
  readonly files: ReadonlyMap<RuleName, Uint8Array>;
  /** The same files read again: a report is made from what was written, and nothing else. */
  readonly reports: RuleReports;
  readonly problems: readonly Problem[];
  /** By rule, added rules last. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly analysis: Analysis;
}

/** Runs all rules on raw data. Throws a UsageError where a parameter is unknown or out of range. */
export function analyze(run: TrainingRun, { mode = 'fixed', parameters = {}, rules = [] }: AnalyzeOptions = {}): Analyzed {
  const added = [...ADDED_RULES, ...rules];
  const { given, refused } = givenParameters(parameters, run.monitored ? minuteRules() : allRules(rules));
  const [first] = refused;
  if (first) throw new UsageError(`the rule parameter ${first.name} ${first.reason}.`);

  const outcomes = runRules(run, { mode, given, added });
  const files = new Map<RuleName, Uint8Array>();
  const reports: Partial<Record<RuleName, RuleReport>> = {};
  const problems: Problem[] = [];
  for (const { rule, counted, parameters } of outcomes.values()) {
    if (!counted || !('judge' in rule)) continue;
    const bytes = encodeRuleFile({ ...counted, parameters });
    const decoded = decodeRuleReport(rule.name, bytes);
    files.set(rule.name, bytes);
    problems.push(...decoded.problems);
    if (decoded.report) reports[rule.name] = decoded.report;
  }
  const issues = new Map([...outcomes].map(([name, outcome]) => [name, outcome.issues]));
  return { files, reports: reports as RuleReports, problems, outcomes, analysis: { run, mode, issues } };
}
