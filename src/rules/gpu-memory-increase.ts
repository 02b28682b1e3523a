import { list, number, percent, plural } from '../model/text.ts';
import { gpuName, NO_GPU, type Rule, tooShort } from './rule.ts';

export const gpuMemoryIncrease: Rule<'GPUMemoryIncrease'> = {
  name: 'GPUMemoryIncrease',
  title: 'GPU memory increase',
  sectionId: 'gpu-memory',
  defaults: { increase: '5', patience: '1000', window: '10' },
  checks: (p) =>
    `Does the mean GPU memory utilization of ${p('window')} samples exceed that of the samples before by more than ${number(p('increase'))} percentage points?`,
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    const short = tooShort(report.datapoints, p('patience'), facts);
    if (short) return short;
    if (report.triggered === 0) {
      return { verdict: 'ok', reason: 'no sudden rise', finding: 'GPU memory utilization never rose suddenly.' };
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
        ? `${plural(report.triggered, 'sample')} ended a sudden rise on ${list(gpus.map(({ name }) => name))}; the last one was ${number(worst.increase, 1)} points${gpus.length > 1 ? ` on ${worst.name}` : ''}, the highest value ${percent(peak)}.`
        : `${plural(report.triggered, 'sample')} ended a sudden rise; the file tells no more.`,
      action:
        'Look at what starts when GPU memory rises: evaluation, checkpoints, variable-length batches; a steady climb means that tensors are kept across steps.',
      weight: 0.25,
    };
  },
};
