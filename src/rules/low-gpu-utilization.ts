import type { LowGpu } from '../model/rule-report.ts';
import { list, percent, plural } from '../model/text.ts';
import { COUNTED, gpuName, type Judgement, NO_GPU, type Rule, tooShort } from './rule.ts';

export const lowGpuUtilization: Rule<'LowGPUUtilization'> = {
  name: 'LowGPUUtilization',
  title: 'Low GPU utilization',
  sectionId: 'gpu-utilization',
  defaults: { threshold_p95: '70', threshold_p5: '10', window: '500', patience: '1000' },
  needs: COUNTED,
  checks: (p) =>
    `In the last ${p('window')} samples, does the 95th percentile of a GPU's utilization stay below ${p('threshold_p95')} % (underused), or does it exceed that while the 5th percentile falls below ${p('threshold_p5')} % (fluctuating)?`,
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    if (report.triggered === 0) {
      const ok: Judgement = {
        verdict: 'ok',
        reason: 'GPUs were kept busy',
        finding: 'No evaluation found a GPU underused or fluctuating.',
      };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, byGpu]) =>
      [...byGpu].map(([gpu, values]) => ({ name: gpuName(node, gpu, facts), values, kind: kindOf(values, p('threshold_p95')) })),
    );
    const unused = gpus.filter(({ kind }) => kind === 'unused');
    const low = gpus.filter(({ kind }) => kind === 'low');
    const fluctuating = gpus.filter(({ kind }) => kind === 'fluctuating');
    const named = (some: typeof gpus) => list(some.map(({ name }) => name));
    const parts = [
      unused.length > 0
        ? `${named(unused)} did ${unused.every(({ values }) => values.gpu_max === 0) ? 'no work at all' : 'almost no work'}`
        : '',
      low.length > 0 ? `${named(low)} stayed low (p95 ${range(low.map(({ values }) => values.gpu_95))} in the last window)` : '',
      fluctuating.length > 0
        ? `${named(fluctuating)} swung between idle and busy (p5 ${range(fluctuating.map(({ values }) => values.gpu_5))}, p95 ${range(fluctuating.map(({ values }) => values.gpu_95))})`
        : '',
    ].filter((part) => part !== '');
    return {
      verdict: 'issue',
      reason:
        [unused.length > 0 ? 'unused GPUs' : '', low.length > 0 ? 'underused' : '', fluctuating.length > 0 ? 'fluctuating' : '']
          .filter((part) => part !== '')
          .join(', ') || 'triggered',
      finding:
        parts.length > 0
          ? `${parts.join('; ')}.`
          : `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`,
      action: facts.gpusNeverUsed
        ? 'Move the model and its batches to a GPU, or rent an instance without one: no GPU was ever used.'
        : unused.length > 0
          ? `Give ${named(unused)} work or rent fewer GPUs: you pay for devices that stand idle.`
          : low.length > 0
            ? 'Feed the GPUs faster or choose smaller ones: start with the input pipeline and the batch size.'
            : 'Remove the stalls between bursts of GPU work: overlap data loading and host work with computation.',
      // Low utilization is a symptom: a bottleneck that explains it comes first.
      weight: unused.length > 0 ? 1 : 0.5 * meanIdle(gpus.map(({ values }) => values)),
    };
  },
};

/** Which of the rule's two conditions the last window of a GPU met; `unused` where 95 % of the job's samples are below 1 %. */
function kindOf(gpu: LowGpu, threshold: number): 'unused' | 'low' | 'fluctuating' {
  if (gpu.p95 < 1 && gpu.gpu_95 < 1) return 'unused';
  return gpu.gpu_95 < threshold ? 'low' : 'fluctuating';
}

function meanIdle(gpus: readonly LowGpu[]): number {
  if (gpus.length === 0) return 0.5;
  return gpus.reduce((sum, gpu) => sum + (100 - gpu.p75) / 100, 0) / gpus.length;
}

/** `35 %` or `35 to 87 %`. */
function range(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return percent(low) === percent(high) ? percent(low) : `${percent(low).replace(' %', '')} to ${percent(high)}`;
}
