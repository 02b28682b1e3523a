import type { Variant } from '../model/monitored.ts';
import type { Condition } from './condition.ts';
import { countedOn } from './counted.ts';
import { parseCondition } from './parse.ts';

/** What the rules HighErrorRate and LatencyOverTarget look for, with their defaults; latency that of the model alone, its far larger part. */
const OF_REQUESTS = [
  'Invocation5XXErrors rate > 1% for 5m',
  'InvocationModelErrors rate > 1% for 5m',
  'Invocation4XXErrors rate > 5% for 5m',
  'ModelLatency p99 > 1s for 5m',
];

/** InsufficientMemory, likewise. */
const OF_MEMORY = ['MemoryUtilization > 90% for 5m'];
const OF_INSTANCES = ['DiskUtilization > 90% for 5m'];
const OF_GPUS = ['GPUMemoryUtilization > 95% for 5m'];

/** Conditions worth an alarm on any endpoint: those of its metrics that the variant has. */
export function defaultConditions({ name, isServerless, instanceType }: Variant): Condition[] {
  const ofInstances = isServerless ? [] : OF_INSTANCES;
  const ofGpus = countedOn('GPUMemoryUtilization', instanceType).count === undefined ? [] : OF_GPUS;
  return [...OF_REQUESTS, ...OF_MEMORY, ...ofInstances, ...ofGpus].map((text) => ({
    ...parseCondition(text, 'endpoint'),
    where: { variant: name },
  }));
}
