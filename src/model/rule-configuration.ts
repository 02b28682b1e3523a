/** One entry of a training job's `ProfilerRuleConfigurations`, with the names of the service's API. */
export interface RuleConfiguration {
  readonly RuleConfigurationName?: string | undefined;
  readonly RuleParameters?: Readonly<Record<string, string>> | undefined;
}

/** The ProfilerReport rule among a job's rules: the one that invokes it, else the one that is called so. */
export function profilerReportRule<Rule extends RuleConfiguration>(rules: readonly Rule[]): Rule | undefined {
  return (
    rules.find(({ RuleParameters }) => RuleParameters?.rule_to_invoke === 'ProfilerReport') ??
    rules.find(({ RuleConfigurationName }) => RuleConfigurationName?.startsWith('ProfilerReport'))
  );
}
