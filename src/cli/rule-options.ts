import type { AnalyzeOptions } from '../analyze.ts';
import { UsageError } from '../model/errors.ts';
import { givenParameters } from '../rules/given-parameters.ts';
import { allRules } from '../rules/index.ts';
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
  const checked = (parameters: Readonly<Record<string, string>>, named: string) => {
    const [first] = givenParameters(parameters, known).refused;
    if (first) throw new UsageError(`${named}${first.name} ${first.reason}.`);
    return parameters;
  };
  const inFile = ruleParameters === undefined ? {} : await ruleParametersOf(ruleParameters);
  checked(inFile, `--rule-parameters ${ruleParameters}: `);
  const parameters = param && checked(Object.fromEntries(param.map(nameAndValue)), '--param ');
  return {
    analyze: { ...(compat ? { mode: 'compat' } : {}), ...(parameters ? { parameters } : {}), ...(rules ? { rules } : {}) },
    inFile,
  };
}

function nameAndValue(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.trim(), value];
  const example = '--param LowGPUUtilization_threshold_p95=80';
  throw new UsageError(`--param ${JSON.stringify(text)}: write <Rule>_<parameter>=<value>, for example ${example}.`);
}
