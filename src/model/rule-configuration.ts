import { optsOut } from './opt-out-parameter.ts';

/** One entry of a training job's `ProfilerRuleConfigurations`, with the names of the service's API. */
export interface RuleConfiguration {
  readonly RuleConfigurationName?: string | undefined;
  readonly RuleParameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * The ProfilerReport rule among a job's rules: the one that invokes it, else the one that is called so. Where there are several and any
 * of them opts out, this one does.
 */
export function profilerReportRule<Rule extends RuleConfiguration>(rules: readonly Rule[]): Rule | undefined {
  const invoking = rules.filter(({ RuleParameters }) => RuleParameters?.rule_to_invoke === 'ProfilerReport');
  const named = rules.filter(({ RuleConfigurationName }) => RuleConfigurationName?.startsWith('ProfilerReport'));
  const all = [...invoking, ...named];
  const [rule] = all;
  if (!rule || optsOut(rule.RuleParameters ?? {}) || !all.some(({ RuleParameters }) => optsOut(RuleParameters ?? {})))
    return rule;
  return { ...rule, RuleParameters: { ...rule.RuleParameters, opt_out_telemetry: 'True' } };
}
