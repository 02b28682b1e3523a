import { list, percent, plural } from '../model/text.ts';
import { COUNTED, gpuName, type Judgement, NO_GPU, type Rule, tooShort } from './rule.ts';

export const batchSize: Rule<'BatchSize'> = {
  name: 'BatchSize',
  title: 'Batch size',
  sectionId: 'batch-size',
  defaults: {
    cpu_threshold_p95: '70',
    gpu_threshold_p95: '70',
    gpu_memory_threshold_p95: '70',
    patience: '1000',
    window: '500',
  },
  needs: COUNTED,
  checks: (p) =>
    `In the last ${p('window')} samples, are the 95th percentiles of CPU (below ${p('cpu_threshold_p95')} %), GPU (below ${p('gpu_threshold_p95')} %) and GPU memory (below ${p('gpu_memory_threshold_p95')} %) all low, so that a larger batch would fit?`,
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    if (report.triggered === 0) {
      const ok: Judgement = {
        verdict: 'ok',
        reason: 'resources were in use',
        finding: 'CPU, GPU and GPU memory were never all low at once.',
      };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, boxes]) =>
      [...boxes.keys()]
        .filter((key) => key !== 'cpu' && !key.endsWith('_memory'))
        .map((gpu) => ({ name: gpuName(node, gpu, facts), memory: boxes.get(`${gpu}_memory`)?.p95 ?? 0 })),
    );
    if (gpus.length === 0) {
      return {
        verdict: 'issue',
        reason: 'room for a larger batch',
        finding: `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`,
        weight: 0.4,
      };
    }
    const memory = gpus.reduce((max, gpu) => Math.max(max, gpu.memory), 0);
    return {
      verdict: 'issue',
      reason: 'room for a larger batch',
      finding: `CPU, GPU and GPU memory all had room at once on ${list(gpus.map(({ name }) => name))} when the rule triggered: GPU memory used at most ${percent(memory)} (p95 of the whole job).`,
      action:
        memory === 0
          ? 'Check that the model runs on the GPU at all; then raise the batch size, or choose a smaller instance.'
          : 'Raise the batch size (and the learning rate with it), or choose a smaller instance.',
      weight: 0.4,
    };
  },
};
