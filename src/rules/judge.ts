import { type JobFacts, optional } from '../measures/job-facts.ts';
import type { RuleParameter, RuleResult } from '../model/report.ts';
import { RULE_NAMES, type RuleName } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { RuleReport } from '../model/rule-report.ts';
import { RULES } from './index.ts';
import { type Judgement, type Parameters, parametersOf, type Rule } from './rule.ts';

/** Judges all eleven rules: issues first, the weightiest first, then in the service's order. A rule that throws becomes an error, the others stand. */
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
  const judgement = report ? guarded(rule, report, facts, parameters) : unread(rule.name, output);
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
      ...(report ? { triggered: report.triggered, violations: report.violations, datapoints: report.datapoints } : {}),
      parameters: listed(rule, report),
      descriptive: rule.descriptive ?? false,
      sectionId: rule.sectionId,
    },
  };
}

function guarded(rule: Rule, report: RuleReport, facts: JobFacts, parameters: Parameters): Judgement {
  try {
    return rule.judge(report, facts, parameters);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { verdict: 'error', reason: 'the rule broke', finding: `Judging this rule failed: ${message}.` };
  }
}

function unread(name: RuleName, output: RuleOutput): Judgement {
  if (!output.files.has(name)) return { verdict: 'not judged', reason: 'file missing', finding: `${name}.json is not there.` };
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
