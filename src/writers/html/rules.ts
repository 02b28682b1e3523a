import { advice } from '../../generated/advice.ts';
import type { Report, RuleResult } from '../../model/report.ts';
import { count } from '../../model/text.ts';
import { badge, hasParameters, resolutionText, verdictKey, wasRead } from '../verdicts.ts';
import { keepUnits } from './units.ts';

/**
 * A rule as the overview and its own section show it: advice only where the rule was judged, counts and parameters only where its
 * file was read.
 */
export function ruleView(result: RuleResult) {
  const key = verdictKey(result.verdict);
  const told = !result.descriptive;
  const judged = key === 'issue' || key === 'ok';
  const counts = [
    { label: 'Triggered', value: counted(result.triggered) },
    { label: 'Violations', value: counted(result.violations) },
    { label: 'Data points', value: counted(result.datapoints) },
  ];
  const read = wasRead(result);
  return {
    title: result.title,
    name: result.rule,
    sectionId: result.sectionId,
    badge: told ? badge(key) : undefined,
    reason: keepUnits(result.reason),
    resolution: told ? keepUnits(resolutionText(result) ?? '') : undefined,
    checks: keepUnits(result.checks),
    finding: keepUnits(result.finding),
    action: result.action === undefined ? undefined : keepUnits(result.action),
    told,
    issue: key === 'issue',
    advice: judged ? advice[result.rule]?.html : undefined,
    read,
    counts,
    parameters: hasParameters(result)
      ? result.parameters.map(({ name, value, default: usual, changed }) => ({ name, value, usual, changed }))
      : [],
  };
}

function counted(value: number | undefined): string {
  return value === undefined ? '–' : count(value);
}

/** The contents list: every section, with the verdict of its rule. */
export function contentsView(report: Report) {
  const rules = new Map(report.rules.map((result) => [result.rule, result]));
  return report.sections.map(({ id, title, rule }) => {
    const result = rule && rules.get(rule);
    return { id, title, badge: result && ruleView(result).badge };
  });
}
