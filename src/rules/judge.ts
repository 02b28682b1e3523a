import { type JobFacts, optional } from '../measures/job-facts.ts';
import type { Problem, RuleParameter, RuleResult } from '../model/report.ts';
import { RULE_NAMES, type RuleName } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { Part, RuleReport } from '../model/rule-report.ts';
import { list } from '../model/text.ts';
import { RULES } from './index.ts';
import { type Judgement, type Parameters, parametersOf, type Rule } from './rule.ts';

/** Judges all eleven rules: errors first, then issues, the weightiest first, then in the service's order. A rule that throws becomes an error, the others stand. */
export function judgeAll(output: RuleOutput, facts: JobFacts): RuleResult[] {
  const judged = RULE_NAMES.map((name) => judgeOne(RULES[name] as Rule, output.reports[name], output, facts));
  const order = { error: 0, issue: 1, ok: 2, 'not judged': 3 };
  return judged
    .toSorted((a, b) => {
      const [x, y] = [a.result, b.result];
      return Number(x.descriptive) - Number(y.descriptive) || order[x.verdict] - order[y.verdict] || b.weight - a.weight;
    })
    .map(({ result }) => result);
}

function judgeOne(
  rule: Rule,
  report: RuleReport | undefined,
  output: RuleOutput,
  facts: JobFacts,
): { result: RuleResult; weight: number } {
  const parameters = parametersOf(rule, report);
  const judgement = report ? guarded(rule, report, facts, parameters) : missing(rule.name, output);
  return {
    weight: judgement.weight ?? 0,
    result: {
      rule: rule.name,
      title: rule.title,
      verdict: judgement.verdict,
      reason: judgement.reason,
      checks: rule.checks(parameters),
      finding: judgement.finding,
      ...optional('action', judgement.action),
      ...(report ? readCounts(report) : {}),
      parameters: listed(rule, report),
      // A file that could not be read has a verdict to tell.
      descriptive: rule.descriptive === true && judgement.verdict !== 'error' && report !== undefined,
      sectionId: rule.sectionId,
    },
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
    const message = error instanceof Error ? error.message : String(error);
    return { verdict: 'error', reason: 'the rule broke', finding: `Judging this rule failed: ${message}.` };
  }
}

function missing(name: RuleName, output: RuleOutput): Judgement {
  if (output.inputs.find(({ file }) => file === `${name}.json`)?.status === 'missing')
    return { verdict: 'not judged', reason: 'file missing', finding: `${name}.json is not there.` };
  const message = output.problems.find(({ file }) => file === `${name}.json`)?.message ?? 'damaged';
  return { verdict: 'error', reason: 'file damaged', finding: `${name}.json cannot be read: ${message}.` };
}

/** The file's parameters, or the defaults where there is no file. Numbers are compared as numbers: 70.0 is 70. */
function listed(rule: Rule, report: RuleReport | undefined): RuleParameter[] {
  const parameters = report?.parameters ?? new Map(Object.entries(rule.defaults));
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
