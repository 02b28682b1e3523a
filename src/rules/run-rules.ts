import type { Issue } from '../model/issue.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { TrainingRun } from '../model/run.ts';
import { type GivenParameters, parametersWith } from './given-parameters.ts';
import { RULES } from './index.ts';
import { type AddedRule, broken, type Judgement, type Mode, parametersOf, type Rule, type RuleRun } from './rule.ts';
import { type Scan, scansOf } from './scans.ts';

/** What a rule made of the raw data. */
export interface Outcome {
  readonly rule: Rule | AddedRule;
  /** Those it ran with, all of them, in their order. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What goes into the file; absent for an added rule, and for one that broke. */
  readonly counted?: RuleRun;
  /** Wins over what the file alone tells; there where the rule broke, too. */
  readonly judgement?: Judgement;
  readonly issues: readonly Issue[];
}

export interface RunOptions {
  readonly mode: Mode;
  readonly given: GivenParameters;
  readonly added: readonly AddedRule[];
}

/** Runs the eleven rules, then the added ones, over the same scans. A rule that throws costs only itself. */
export function runRules(run: TrainingRun, { mode, given, added }: RunOptions): ReadonlyMap<string, Outcome> {
  const scans = scansOf(run, mode);
  const outcome = (rule: Rule | AddedRule) => runOne(rule, run, mode, parametersWith(rule, given), scans);
  return new Map([...RULE_NAMES.map((name) => RULES[name] as Rule), ...added].map((rule) => [rule.name, outcome(rule)]));
}

function runOne(
  rule: Rule | AddedRule,
  run: TrainingRun,
  mode: Mode,
  parameters: ReadonlyMap<string, string>,
  scans: readonly Scan[],
): Outcome {
  const context = {
    mode,
    parameter: parametersOf(rule, { parameters }),
    text: (name: string) => parameters.get(name) ?? '',
    scans,
  };
  try {
    if ('judge' in rule) {
      const counted = rule.run(run, context);
      return {
        rule,
        parameters,
        counted,
        issues: counted.issues,
        ...(counted.judgement ? { judgement: counted.judgement } : {}),
      };
    }
    return { rule, parameters, ...rule.run(run, context) };
  } catch (error) {
    return { rule, parameters, judgement: broken(error), issues: [] };
  }
}
