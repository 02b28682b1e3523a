import { resolutionSeconds } from '../measures/resolution.ts';
import type { Issue } from '../model/issue.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { EndpointRun, TrainingRun } from '../model/run.ts';
import { duration } from '../model/text.ts';
import { type GivenParameters, givenParameters, parametersWith } from './given-parameters.ts';
import { ENDPOINT_RULES, minuteRules, RULES } from './index.ts';
import {
  type AddedRule,
  type AnyRule,
  broken,
  type EndpointContext,
  type Judgement,
  type Mode,
  notJudged,
  parametersOf,
  type Rule,
  type RuleRun,
} from './rule.ts';
import { scansOf } from './scans.ts';

/** What a rule made of the raw data. */
export interface Outcome {
  readonly rule: AnyRule;
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

/**
 * Runs the eleven rules, then the added ones, over the same scans; on CloudWatch's samples those alone that can be judged a minute apart.
 * A rule that throws costs only itself.
 */
export function runRules(run: TrainingRun, { mode, given, added }: RunOptions): ReadonlyMap<string, Outcome> {
  const scans = scansOf(run, mode);
  const apart = run.monitored ? resolutionSeconds(run.monitored) : 0;
  const rules = run.monitored ? minuteRules() : [...RULE_NAMES.map((name) => RULES[name] as Rule), ...added];
  return outcomesOf<Rule | AddedRule>(rules, given, (rule, told) => {
    const context = { ...told, mode, scans };
    if (!('judge' in rule)) return rule.run(run, context);
    if (apart > MINUTE && !rule.descriptive) return { judgement: tooFarApart(apart), issues: [] };
    const counted = rule.run(run, context);
    return { counted, issues: counted.issues, ...(counted.judgement ? { judgement: counted.judgement } : {}) };
  });
}

const MINUTE = 60;

function tooFarApart(seconds: number): Judgement {
  const finding = `The samples are means over ${duration(seconds)}: this rule needs one a minute, which CloudWatch keeps for 15 days.`;
  return notJudged('samples too far apart', finding);
}

/** Runs the rules for endpoints. A rule that throws costs only itself. */
export function runEndpointRules(run: EndpointRun, given: GivenParameters): ReadonlyMap<string, Outcome> {
  return outcomesOf(ENDPOINT_RULES, given, (rule, told) => rule.run(run, told));
}

/** What rules for endpoints with these parameters need of CloudWatch beside what is asked for any report. */
export function statisticsFor(parameters: Readonly<Record<string, string>>) {
  const { given } = givenParameters(parameters, ENDPOINT_RULES);
  return ENDPOINT_RULES.flatMap(
    (rule) => rule.statistics?.(parametersOf(rule, { parameters: parametersWith(rule, given) })) ?? [],
  );
}

function outcomesOf<R extends AnyRule>(
  rules: readonly R[],
  given: GivenParameters,
  runOne: (rule: R, context: EndpointContext) => Omit<Outcome, 'rule' | 'parameters'>,
): ReadonlyMap<string, Outcome> {
  const outcome = (rule: R): Outcome => {
    const parameters = parametersWith(rule, given);
    const text = (name: string) => parameters.get(name) ?? '';
    try {
      return { rule, parameters, ...runOne(rule, { parameter: parametersOf(rule, { parameters }), text }) };
    } catch (error) {
      return { rule, parameters, judgement: broken(error), issues: [] };
    }
  };
  return new Map(rules.map((rule) => [rule.name, outcome(rule)]));
}
