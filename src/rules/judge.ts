import type { JobFacts } from '../measures/job-facts.ts';
import { optional } from '../model/optional.ts';
import type { Problem, RuleParameter, RuleResult } from '../model/report.ts';
import { RULE_NAMES, type RuleName, ruleId } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { Part, RuleReport } from '../model/rule-report.ts';
import { list } from '../model/text.ts';
import { RULES } from './index.ts';
import {
  type AddedRule,
  type AnyRule,
  broken,
  type EndpointRule,
  gpuName,
  type Judgement,
  type Parameters,
  parametersOf,
  type Rule,
} from './rule.ts';
import type { Outcome } from './run-rules.ts';

/** The most issues of one rule that a report lists; it tells how many there are. */
const MOST_ISSUES = 50;

/**
 * Judges all rules: errors first, then issues, the weightiest first, then in the service's order. A rule that throws becomes an error,
 * the others stand. `outcomes` are there where the rules ran here, on raw data; on CloudWatch's samples not all of them did.
 */
export function judgeAll(output: RuleOutput, facts: JobFacts, outcomes: ReadonlyMap<string, Outcome> = new Map()): RuleResult[] {
  const names = RULE_NAMES.filter((name) => !output.analysis?.run.monitored || outcomes.has(name));
  const service = names.map((name) => {
    const outcome = outcomes.get(name);
    return judgeOne((outcome?.rule ?? RULES[name]) as Rule, output, facts, outcome);
  });
  return gravestFirst([...service, ...judgedHere(outcomes)]);
}

/** The results of rules that have no file to judge: those for endpoints. In the same order. */
export function judgeOutcomes(outcomes: ReadonlyMap<string, Outcome>): RuleResult[] {
  return gravestFirst(judgedHere(outcomes));
}

function judgedHere(outcomes: ReadonlyMap<string, Outcome>): Judged[] {
  return [...outcomes.values()].flatMap(({ rule, ...outcome }) => ('judge' in rule ? [] : [judgeAdded(rule, outcome)]));
}

function gravestFirst(judged: readonly Judged[]): RuleResult[] {
  const order = { error: 0, issue: 1, ok: 2, 'not judged': 3 };
  return judged
    .toSorted((a, b) => {
      const [x, y] = [a.result, b.result];
      return Number(x.descriptive) - Number(y.descriptive) || order[x.verdict] - order[y.verdict] || b.weight - a.weight;
    })
    .map(({ result }) => result);
}

interface Judged {
  readonly result: RuleResult;
  readonly weight: number;
}

function judgeOne(rule: Rule, output: RuleOutput, facts: JobFacts, outcome?: Outcome): Judged {
  const report = output.reports[rule.name];
  const parameters = parametersOf(rule, report ?? outcome);
  const judgement = outcome?.judgement ?? (report ? guarded(rule, report, facts, parameters) : missing(rule.name, output));
  return {
    weight: judgement.weight ?? 0,
    result: {
      ...common(rule, parameters, withShort(judgement, facts, outcome), outcome),
      ...(report ? readCounts(report) : {}),
      parameters: listed(rule, (report ?? outcome)?.parameters),
      // A file that could not be read has a verdict to tell.
      descriptive: rule.descriptive === true && judgement.verdict !== 'error' && report !== undefined,
      sectionId: rule.sectionId,
    },
  };
}

/** Silence is never a pass: a verdict on some GPUs names those that had too few samples for it. */
function withShort(judgement: Judgement, facts: JobFacts, outcome: Outcome | undefined): Judgement {
  const names = (outcome?.counted?.short ?? []).map(({ node, device }) => gpuName(node, device, facts));
  if (names.length === 0 || !['issue', 'ok'].includes(judgement.verdict)) return judgement;
  return { ...judgement, finding: `${judgement.finding} Not judged, with too few samples: ${list(names)}.` };
}

function judgeAdded(rule: AddedRule | EndpointRule, outcome: Omit<Outcome, 'rule'>): Judged {
  const judgement = outcome.judgement as Judgement;
  return {
    weight: judgement.weight ?? 0,
    result: {
      ...common(rule, parametersOf(rule, outcome), judgement, outcome),
      parameters: listed(rule, outcome.parameters),
      descriptive: false,
      sectionId: ruleId(rule.name),
    },
  };
}

/** What a result of any rule tells. */
function common(
  rule: AnyRule,
  parameters: Parameters,
  { verdict, reason, finding, action }: Judgement,
  outcome: Pick<Outcome, 'issues'> | undefined,
) {
  const issues = outcome?.issues ?? [];
  return {
    rule: rule.name,
    title: rule.title,
    verdict,
    reason,
    checks: rule.checks(parameters),
    finding,
    ...optional('action', action),
    ...(issues.length > 0 ? { issueCount: issues.length, issues: issues.slice(0, MOST_ISSUES) } : {}),
  };
}

const PART_NAMES = {
  triggered: 'RuleTriggered',
  violations: 'Violations',
  datapoints: 'Datapoints',
  details: 'Details',
} as const;

/** The service's counts that could be read. */
function readCounts({
  triggered,
  violations,
  datapoints,
  unread,
}: RuleReport): Pick<RuleResult, 'triggered' | 'violations' | 'datapoints'> {
  return Object.fromEntries(
    Object.entries({ triggered, violations, datapoints }).filter(([part]) => !unread.includes(part as Part)),
  );
}

function guarded(rule: Rule, report: RuleReport, facts: JobFacts, parameters: Parameters): Judgement {
  const unread = rule.needs.filter((part) => report.unread.includes(part));
  if (unread.length > 0) {
    const what = list(unread.map((part) => PART_NAMES[part]));
    return { verdict: 'error', reason: 'file damaged', finding: `${rule.name}.json lacks ${what}, or it cannot be read.` };
  }
  try {
    return rule.judge(report, facts, parameters);
  } catch (error) {
    return broken(error);
  }
}

function missing(name: RuleName, output: RuleOutput): Judgement {
  if (output.inputs.find(({ file }) => file === `${name}.json`)?.status === 'missing')
    return { verdict: 'not judged', reason: 'file missing', finding: `${name}.json is not there.` };
  const message = output.problems.find(({ file }) => file === `${name}.json`)?.message ?? 'damaged';
  return { verdict: 'error', reason: 'file damaged', finding: `${name}.json cannot be read: ${message}.` };
}

/** The parameters, or the defaults where none are known. Numbers are compared as numbers: 70.0 is 70. */
function listed(
  rule: AnyRule,
  parameters: ReadonlyMap<string, string> = new Map(Object.entries(rule.defaults)),
): RuleParameter[] {
  return [...parameters].map(([name, value]) => {
    const standard = Object.hasOwn(rule.defaults, name) ? rule.defaults[name] : undefined;
    const same = value === standard || (standard !== undefined && value.trim() !== '' && Number(value) === Number(standard));
    return { name, value, ...optional('default', standard), changed: !same };
  });
}

/** Parameters of the files that are no number, or not there, where the rule needs one: judged with the default, and told. */
export function parameterProblems({ reports }: RuleOutput): Problem[] {
  return Object.values(reports).flatMap((report) => {
    const { name: rule, defaults } = RULES[report.rule];
    const needed = Object.entries(defaults).filter(([, standard]) => standard.trim() !== '' && Number.isFinite(Number(standard)));
    return needed.flatMap(([name, standard]) => {
      const value = report.parameters.get(name);
      if (value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))) return [];
      const message = `${name} is ${value === undefined ? 'missing' : 'not a number'}: judged with the default ${standard}`;
      return [{ file: `${rule}.json`, path: 'RuleParameters', message }];
    });
  });
}
