import type { Command } from 'commander';

/** What every command that may run rules on raw profiler output takes. */
export function withRules(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .option('--compat', "count as the service's rules did, their known defects included")
    .option('--param <name=value>', 'a limit of a rule, such as LowGPUUtilization_threshold_p95=80; may be repeated', collect)
    .option(
      '--rule-parameters <file>',
      "JSON with the ProfilerReport rule's parameters, alone or within a training job's request",
    )
    .option('--rule <file>', 'JavaScript module with a rule of your own (docs/adding-a-rule.md); may be repeated', collect);
}
