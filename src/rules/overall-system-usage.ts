import { notJudged, type Rule } from './rule.ts';

export const overallSystemUsage: Rule<'OverallSystemUsage'> = {
  name: 'OverallSystemUsage',
  title: 'Overall system usage',
  sectionId: 'system-usage',
  defaults: {},
  needs: ['details'],
  descriptive: true,
  checks: () => 'Describes the use of CPU, GPU, memory, I/O and network; there is nothing to pass or fail.',
  judge: () => notJudged('describes the job', 'See the section for the figures.'),
};
