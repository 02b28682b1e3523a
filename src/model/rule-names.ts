/** The eleven rule files of a ProfilerReport, in the order the service ran its rules. */
export const RULE_NAMES = [
  'CPUBottleneck',
  'IOBottleneck',
  'LowGPUUtilization',
  'StepOutlier',
  'GPUMemoryIncrease',
  'BatchSize',
  'MaxInitializationTime',
  'LoadBalancing',
  'OverallSystemUsage',
  'Dataloader',
  'OverallFrameworkMetrics',
] as const;

/** File name of a rule's report without `.json`, as the service spells it. */
export type RuleName = (typeof RULE_NAMES)[number];

/** `GPUMemoryIncrease` as `gpu-memory-increase`: the file of a rule, that of its advice, and the anchor of an added rule. */
export function ruleId(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
