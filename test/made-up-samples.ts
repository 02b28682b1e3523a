import type { Sample } from './small-run.ts';

/** Start of the made-up jobs: a whole minute. */
export const START = 1_700_000_040;

/** Percent, by tick and number of the device; nothing where a device has no sample. */
type Values = ((tick: number, device: number) => number | undefined) | undefined;

export interface MadeUpNode {
  readonly node?: string;
  readonly gpus?: number;
  readonly cores?: number;
  /** Ticks and their distance, seconds. */
  readonly ticks: number;
  readonly interval?: number;
  /** Of the first tick, within the minute. */
  readonly offset?: number;
  readonly gpu?: Values;
  readonly memory?: Values;
  readonly cpu?: Values;
  readonly wait?: Values;
}

/** Samples of one node as the profiler takes them: GPUs first, the cores two milliseconds later. */
export function samplesOf({
  node = 'algo-1',
  gpus = 1,
  cores = 1,
  ticks,
  interval = 1,
  offset = 0.25,
  ...values
}: MadeUpNode): Sample[] {
  const idle = () => 0;
  const { gpu = idle, memory = idle, cpu = idle, wait = idle } = values;
  return Array.from({ length: ticks }, (_, tick) => {
    const seconds = Math.round((START + offset + tick * interval) * 1e6) / 1e6;
    const device = (type: string, dimension: string, number: number, later: number, value: number | undefined): Sample[] =>
      value === undefined
        ? []
        : [{ node, type, dimension, name: `${type}${number}`, seconds: Math.round((seconds + later) * 1e6) / 1e6, value }];
    return [
      ...range(gpus).flatMap((i) => device('gpu', 'GPUUtilization', i, 0, gpu(tick, i))),
      ...range(gpus).flatMap((i) => device('gpu', 'GPUMemoryUtilization', i, 0, memory(tick, i))),
      ...range(cores).flatMap((i) => device('cpu', 'CPUUtilization', i, 0.002, cpu(tick, i))),
      ...range(cores).flatMap((i) => device('cpu', 'I/OWaitPercentage', i, 0.002, wait(tick, i))),
    ];
  }).flat();
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
