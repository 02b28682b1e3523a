import { list, number, percent, plural } from '../model/text.ts';
import { COUNTED, gpuName, type Judgement, NO_GPU, type Rule, tooShort } from './rule.ts';

export const gpuMemoryIncrease: Rule<'GPUMemoryIncrease'> = {
  name: 'GPUMemoryIncrease',
  title: 'GPU memory increase',
  sectionId: 'gpu-memory',
  defaults: { increase: '5', patience: '1000', window: '10' },
  needs: COUNTED,
  checks: (p) =>
    `Does the mean GPU memory utilization of ${p('window')} samples exceed that of the samples before by more than ${number(p('increase'))} percentage points?`,
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    if (report.triggered === 0) {
      const ok: Judgement = { verdict: 'ok', reason: 'no sudden rise', finding: 'GPU memory utilization never rose suddenly.' };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, byGpu]) =>
      [...byGpu].map(([gpu, values]) => ({ name: gpuName(node, gpu, facts), ...values })),
    );
    const worst = gpus.toSorted((a, b) => b.increase - a.increase)[0];
    const peak = gpus.reduce((max, { gpu_max }) => Math.max(max, gpu_max), 0);
    return {
      verdict: 'issue',
      reason: 'sudden rises',
      finding: worst
        ? `${plural(report.triggered, 'sample')} ended a sudden rise on ${list(gpus.map(({ name }) => name))}; ${gpus.length > 1 ? `the largest of the last ones was ${number(worst.increase, 1)} points, on ${worst.name}` : `the last one was ${number(worst.increase, 1)} points`}, the highest value ${percent(peak)}.`
        : `${plural(report.triggered, 'sample')} ended a sudden rise; the file tells no more.`,
      action:
        'Look at what starts when GPU memory rises: evaluation, checkpoints, variable-length batches; a steady climb means that tensors are kept across steps.',
      weight: 0.25,
    };
  },
};
