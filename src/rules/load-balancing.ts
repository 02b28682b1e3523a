import { workloadPairs, workloads } from '../measures/workloads.ts';
import { count, number, percent, plural } from '../model/text.ts';
import { gpuName, NO_GPU, notJudged, type Rule, tooShort } from './rule.ts';

export const loadBalancing: Rule<'LoadBalancing'> = {
  name: 'LoadBalancing',
  title: 'Load balancing',
  sectionId: 'workload-balance',
  defaults: { threshold: '0.2', patience: '1000' },
  needs: ['datapoints', 'details'],
  checks: (p) =>
    `Is the Jensen-Shannon distance between the utilization histograms of two GPUs above ${number(p('threshold'))} (0 is equal, 0.83 the most)? Compared are GPUs of one node, and GPUs of the same name on different nodes.`,
  // The service's rule compares only the last GPU with itself and can never fire (Q7): judged anew from the histograms.
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    const all = workloads(report, facts.reports);
    const judged = all.filter(({ samples }) => samples > p('patience'));
    const longest = all.reduce((max, { samples }) => Math.max(max, samples), report.datapoints);
    const short = judged.length === 0 ? tooShort(longest, p('patience'), facts) : undefined;
    if (short) return short;
    const pairs = workloadPairs(judged);
    const [worst] = pairs;
    if (all.length === 0) return notJudged('no histogram', 'The file holds no histogram of any GPU.');
    if (all.length === 1) return notJudged('single GPU', 'With one GPU there is nothing to balance.');
    if (worst === undefined) return notJudged('nothing to compare', 'No two histograms can be compared.');
    const unequal = pairs.filter(({ distance }) => distance > p('threshold'));
    const names = [worst.a, worst.b]
      .sort((x, y) => y.mean - x.mean)
      .map((gpu) => `${gpuName(gpu.node, gpu.gpu, facts)} (mean ${percent(gpu.mean, 0)})`);
    const most = `the most unequal are ${names.join(' and ')}, at a distance of ${number(worst.distance)}`;
    if (unequal.length === 0) {
      return {
        verdict: 'ok',
        reason: `largest distance ${number(worst.distance)}`,
        finding: `${pairs.length === 1 ? 'Both GPUs' : `All ${count(pairs.length)} pairs of GPUs`} did similar work; ${most}.`,
      };
    }
    return {
      verdict: 'issue',
      reason: `${plural(unequal.length, 'unequal pair')}`,
      finding: `${count(unequal.length)} of ${plural(pairs.length, 'pair')} of GPUs did unequal work; ${most}.`,
      action:
        'Spread the work evenly: one process per GPU with distributed data parallel, shards of equal size, nothing gathered on the first GPU.',
      weight: Math.min(1, 0.35 + worst.distance),
    };
  },
};
