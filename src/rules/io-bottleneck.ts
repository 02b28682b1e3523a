import { judgeBottleneck } from './bottleneck.ts';
import { COUNTED, type Rule } from './rule.ts';

export const ioBottleneck: Rule<'IOBottleneck'> = {
  name: 'IOBottleneck',
  title: 'I/O bottleneck',
  sectionId: 'io-bottlenecks',
  defaults: { threshold: '50', io_threshold: '50', gpu_threshold: '10', patience: '1000' },
  needs: [...COUNTED, 'violations'],
  checks: (p) =>
    `In more than ${p('threshold')} % of all moments, is a GPU below ${p('gpu_threshold')} % while a CPU core waits for I/O more than ${p('io_threshold')} % of the time?`,
  judge: (report, facts, p) =>
    judgeBottleneck(report, facts, p, {
      cause: `a CPU core waited for I/O more than ${p('io_threshold')} % of the time`,
      action: 'Bring the data closer: fewer and larger files, a local cache or faster storage, and prefetching.',
    }),
};
