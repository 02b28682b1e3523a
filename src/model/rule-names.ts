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
