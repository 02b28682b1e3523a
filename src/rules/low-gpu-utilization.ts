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
    const kinds = KINDS.map((kind) => ({ kind, some: gpus.filter((gpu) => gpu.kind === kind) })).filter(
      ({ some }) => some.length > 0,
    );
    const [worst] = kinds;
    if (worst === undefined) {
      const finding = `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`;
      return { verdict: 'issue', reason: 'triggered', finding, weight: 0.25 };
    }
    return {
      verdict: 'issue',
      reason: kinds.map(({ kind }) => WORDS[kind].reason).join(', '),
      finding: `${kinds.map(({ kind, some }) => `${named(some)} ${WORDS[kind].finding(some.map(({ values }) => values))}`).join('; ')}.`,
      action: facts.gpusNeverUsed
        ? 'Move the model and its batches to a GPU, or rent an instance without one: no GPU was ever used.'
        : WORDS[worst.kind].action(named(worst.some)),
      // Low utilization is a symptom: a bottleneck that explains it comes first.
      weight: worst.kind === 'unused' ? 1 : 0.5 * meanIdle(gpus.map(({ values }) => values)),
    };
  },
};

/** The gravest first. */
const KINDS = ['unused', 'low', 'fluctuating'] as const;

interface Words {
  readonly reason: string;
  /** Goes on from the names of the GPUs. */
  readonly finding: (gpus: readonly LowGpu[]) => string;
  readonly action: (names: string) => string;
}

const WORDS: Readonly<Record<(typeof KINDS)[number], Words>> = {
  unused: {
    reason: 'unused GPUs',
    finding: (gpus) => (gpus.every(({ gpu_max }) => gpu_max === 0) ? 'did no work at all' : 'did almost no work'),
    action: (names) => `Give ${names} work or rent fewer GPUs: you pay for devices that stand idle.`,
  },
  low: {
    reason: 'underused',
    finding: (gpus) => `stayed low (p95 ${range(gpus.map(({ gpu_95 }) => gpu_95))} in the last window)`,
    action: () => 'Feed the GPUs faster or choose smaller ones: start with the input pipeline and the batch size.',
  },
  fluctuating: {
    reason: 'fluctuating',
    finding: (gpus) =>
      `swung between idle and busy (p5 ${range(gpus.map(({ gpu_5 }) => gpu_5))}, p95 ${range(gpus.map(({ gpu_95 }) => gpu_95))})`,
    action: () => 'Remove the stalls between bursts of GPU work: overlap data loading and host work with computation.',
  },
};

function named(gpus: readonly { readonly name: string }[]): string {
  return list(gpus.map(({ name }) => name));
}

/** Which of the rule's two conditions the last window of a GPU met; `unused` where 95 % of the job's samples are below 1 %. */
function kindOf(gpu: LowGpu, threshold: number): (typeof KINDS)[number] {
  if (gpu.p95 < 1 && gpu.gpu_95 < 1) return 'unused';
  return gpu.gpu_95 < threshold ? 'low' : 'fluctuating';
}

function meanIdle(gpus: readonly LowGpu[]): number {
  return gpus.reduce((sum, gpu) => sum + (100 - gpu.p75) / 100, 0) / gpus.length;
}

/** `35 %` or `35 to 87 %`. */
function range(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return percent(low) === percent(high) ? percent(low) : `${percent(low).replace(' %', '')} to ${percent(high)}`;
}
