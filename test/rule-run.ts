import type { RuleName } from '../src/model/rule-names.ts';
import type { TrainingRun } from '../src/model/run.ts';
import { RULES } from '../src/rules/index.ts';
import { type Mode, parametersOf, type Rule, type RuleRun } from '../src/rules/rule.ts';
import { scansOf } from '../src/rules/scans.ts';

/** One rule over a run, with some parameters other than the defaults. */
export function runRule(name: RuleName, run: TrainingRun, mode: Mode, given: Readonly<Record<string, string>> = {}): RuleRun {
  const rule = RULES[name] as Rule;
  const parameters = new Map(Object.entries({ ...rule.defaults, ...given }));
  const context = {
    mode,
    parameter: parametersOf(rule, { parameters }),
    text: (parameter: string) => parameters.get(parameter) ?? '',
    scans: scansOf(run, mode),
  };
  return rule.run(run, context);
}
