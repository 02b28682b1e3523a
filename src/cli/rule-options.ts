import type { AnalyzeOptions } from '../analyze.ts';
import { UsageError } from '../model/errors.ts';
import { givenParameters } from '../rules/given-parameters.ts';
import { allRules } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import { ownRules } from './own-rules.ts';
import { ruleParametersOf } from './usage-settings.ts';

/** Options of every command that may run rules. */
export interface RuleOptions {
  readonly compat?: boolean;
  readonly param?: readonly string[];
  readonly ruleParameters?: string;
  readonly rule?: readonly string[];
}

/** How rules run, and what the file of parameters holds: limits of rules, and whatever else the ProfilerReport rule was told. */
export async function ruleOptions({ compat, param, ruleParameters, rule }: RuleOptions): Promise<{
  readonly analyze: AnalyzeOptions;
  readonly inFile: Readonly<Record<string, string>>;
}> {
  const rules = rule && (await ownRules(rule));
  const known = allRules(rules);
  const inFile = ruleParameters === undefined ? {} : await ruleParametersOf(ruleParameters);
  checked(inFile, known, `--rule-parameters ${ruleParameters}: `);
  const parameters = param && parametersFor(known, param);
  return {
    analyze: { ...(compat ? { mode: 'compat' } : {}), ...(parameters ? { parameters } : {}), ...(rules ? { rules } : {}) },
    inFile,
  };
}

/** What `--param` gives to these rules, by full name. Throws a UsageError for what none of them has. */
export function parametersFor(known: readonly AnyRule[], param: readonly string[]): Readonly<Record<string, string>> {
  return checked(Object.fromEntries(param.map(nameAndValue)), known, '--param ');
}

function checked(parameters: Readonly<Record<string, string>>, known: readonly AnyRule[], named: string) {
  const [first] = givenParameters(parameters, known).refused;
  if (first) throw new UsageError(`${named}${first.name} ${first.reason}.`);
  return parameters;
}

function nameAndValue(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.trim(), value];
  const example = '--param LowGPUUtilization_threshold_p95=80';
  throw new UsageError(`--param ${JSON.stringify(text)}: write <Rule>_<parameter>=<value>, for example ${example}.`);
}
