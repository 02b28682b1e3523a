import type { LowGpu } from '../model/rule-report.ts';
import { list, percent, plural } from '../model/text.ts';
import { gpuName, NO_GPU, type Rule, tooShort } from './rule.ts';

/** p95 minus p5 above this many points is called fluctuating, as in the service's report. */
const FLUCTUATION = 50;

export const lowGpuUtilization: Rule<'LowGPUUtilization'> = {
  name: 'LowGPUUtilization',
  title: 'Low GPU utilization',
  sectionId: 'gpu-utilization',
  defaults: { threshold_p95: '70', threshold_p5: '10', window: '500', patience: '1000' },
  checks: (p) =>
    `In the last ${p('window')} samples, does the 95th percentile of a GPU's utilization stay below ${p('threshold_p95')} % (underused), or does it exceed that while the 5th percentile falls below ${p('threshold_p5')} % (fluctuating)?`,
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    const short = tooShort(report.datapoints, p('patience'), facts);
    if (short) return short;
    if (report.triggered === 0) {
      return { verdict: 'ok', reason: 'GPUs were kept busy', finding: 'No evaluation found a GPU underused or fluctuating.' };
    }
    const gpus = [...report.details.nodes].flatMap(([node, byGpu]) =>
      [...byGpu].map(([gpu, values]) => ({ name: gpuName(node, gpu, facts), values, kind: kindOf(values, p('threshold_p95')) })),
    );
    const unused = gpus.filter(({ kind }) => kind === 'unused');
    const low = gpus.filter(({ kind }) => kind === 'low');
    const fluctuating = gpus.filter(({ kind }) => kind === 'fluctuating');
    const named = (some: typeof gpus) => list(some.map(({ name }) => name));
    const parts = [
      unused.length > 0 ? `${named(unused)} did no work at all` : '',
      low.length > 0 ? `${named(low)} stayed low (p95 ${range(low.map(({ values }) => values.gpu_95))} in the last window)` : '',
      fluctuating.length > 0 ? `${named(fluctuating)} swung between idle and busy (p5 ${range(fluctuating.map(({ values }) => values.gpu_5))}, p95 ${range(fluctuating.map(({ values }) => values.gpu_95))})` : '',
    ].filter((part) => part !== '');
    return {
      verdict: 'issue',
      reason: [unused.length > 0 ? 'unused GPUs' : '', low.length > 0 ? 'underused' : '', fluctuating.length > 0 ? 'fluctuating' : '']
        .filter((part) => part !== '')
        .join(', ') || 'triggered',
      finding: parts.length > 0 ? `${parts.join('; ')}.` : `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`,
      action:
        unused.length > 0
          ? `Give ${named(unused)} work or rent fewer GPUs: you pay for devices that never ran.`
          : low.length > 0
            ? 'Feed the GPUs faster or choose smaller ones: start with the input pipeline and the batch size.'
            : 'Remove the stalls between bursts of GPU work: overlap data loading and host work with computation.',
      weight: unused.length > 0 ? 1 : meanIdle(gpus.map(({ values }) => values)),
    };
  },
};

export type GpuKind = 'unused' | 'low' | 'fluctuating';

/** Which of the rule's two conditions the last window of a GPU met; `unused` where it never did any work. */
export function kindOf(gpu: LowGpu, threshold: number): GpuKind {
  if (gpu.gpu_max === 0) return 'unused';
  return gpu.gpu_95 < threshold ? 'low' : 'fluctuating';
}

export function fluctuates(gpu: LowGpu): boolean {
  return gpu.gpu_95 - gpu.gpu_5 > FLUCTUATION;
}

function meanIdle(gpus: readonly LowGpu[]): number {
  if (gpus.length === 0) return 0.5;
  return gpus.reduce((sum, gpu) => sum + (100 - gpu.p75) / 100, 0) / gpus.length;
}

/** `35 %` or `35 to 87 %`. */
function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return percent(low) === percent(high) ? percent(low) : `${percent(low).replace(' %', '')} to ${percent(high)}`;
}
