import type { RuleName } from '../src/model/rule-names.ts';
import { RULES } from '../src/rules/index.ts';

/** A rule file as the service writes it, with the production parameters unless told otherwise. */
export function ruleFile(
  rule: RuleName,
  details: unknown,
  counts: { triggered?: number; violations?: number; datapoints?: number; parameters?: string } = {},
): string {
  const parameters = Object.entries(RULES[rule].defaults).map(([name, value]) => `${name}:${value}`);
  return JSON.stringify({
    RuleTriggered: counts.triggered ?? 0,
    Violations: counts.violations ?? counts.triggered ?? 0,
    Details: details,
    Datapoints: counts.datapoints ?? 0,
    RuleParameters: counts.parameters ?? parameters.join('\n'),
  });
}

/** Rule files by name, keyed by their path in a store. */
export function ruleFiles(files: Partial<Record<RuleName, string>>, folder = 'profiler-reports'): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([rule, content]) => [`${folder}/${rule}.json`, content]));
}
