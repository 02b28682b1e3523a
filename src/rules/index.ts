import type { RuleName } from '../model/rule-names.ts';
import { batchSize } from './batch-size.ts';
import { coldStarts } from './cold-starts.ts';
import { containerDominates } from './container-dominates.ts';
import { cpuBottleneck } from './cpu-bottleneck.ts';
import { dataloader } from './dataloader.ts';
import { failedJob } from './failed-job.ts';
import { gpuMemoryIncrease } from './gpu-memory-increase.ts';
import { highErrorRate } from './high-error-rate.ts';
import { hostMemory } from './host-memory.ts';
import { idleEndpoint } from './idle-endpoint.ts';
import { insufficientMemory } from './insufficient-memory.ts';
import { ioBottleneck } from './io-bottleneck.ts';
import { latencyOverTarget } from './latency-over-target.ts';
import { loadBalancing } from './load-balancing.ts';
import { lowGpuUtilization } from './low-gpu-utilization.ts';
import { maxInitializationTime } from './max-initialization-time.ts';
import { overallFrameworkMetrics } from './overall-framework-metrics.ts';
import { overallSystemUsage } from './overall-system-usage.ts';
import { overheadDominates } from './overhead-dominates.ts';
import type { AddedRule, EndpointRule, Rule } from './rule.ts';
import { stepOutlier } from './step-outlier.ts';
import { unevenVariants } from './uneven-variants.ts';

/** All rules in the order the service ran them; the compiler sees to it that none is missing. */
export const RULES: { readonly [Name in RuleName]: Rule<Name> } = {
  CPUBottleneck: cpuBottleneck,
  IOBottleneck: ioBottleneck,
  LowGPUUtilization: lowGpuUtilization,
  StepOutlier: stepOutlier,
  GPUMemoryIncrease: gpuMemoryIncrease,
  BatchSize: batchSize,
  MaxInitializationTime: maxInitializationTime,
  LoadBalancing: loadBalancing,
  OverallSystemUsage: overallSystemUsage,
  Dataloader: dataloader,
  OverallFrameworkMetrics: overallFrameworkMetrics,
};

/** Rules that the service did not have, in the order in which they run after its own. */
export const ADDED_RULES: readonly AddedRule[] = [];

/** What is judged of an endpoint, in the order in which it is told where verdicts are alike. */
export const ENDPOINT_RULES: readonly EndpointRule[] = [
  highErrorRate,
  latencyOverTarget,
  insufficientMemory,
  overheadDominates,
  containerDominates,
  unevenVariants,
  coldStarts,
  idleEndpoint,
];

/** What is judged of a job by what CloudWatch and SageMaker tell of it, and by nothing else. */
export const JOB_RULES: readonly AddedRule[] = [failedJob, hostMemory];

/**
 * Rules for jobs in CloudWatch: those of the service's that can be judged where samples are a minute apart, with the defaults that they have
 * there, and the project's own.
 */
export function minuteRules(): (Rule | AddedRule)[] {
  const service = (Object.values(RULES) as Rule[]).flatMap(({ perMinute, ...rule }) =>
    perMinute === undefined ? [] : [{ ...rule, ...perMinute, defaults: { ...rule.defaults, ...perMinute.defaults } }],
  );
  return [...service, ...JOB_RULES];
}

/** The service's, the project's own, and those that a user brings. */
export function allRules(own: readonly AddedRule[] = []): (Rule | AddedRule)[] {
  return [...(Object.values(RULES) as Rule[]), ...ADDED_RULES, ...own];
}
