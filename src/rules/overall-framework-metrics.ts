import { notJudged, type Rule } from './rule.ts';

export const overallFrameworkMetrics: Rule<'OverallFrameworkMetrics'> = {
  name: 'OverallFrameworkMetrics',
  title: 'Overall framework metrics',
  sectionId: 'framework-metrics',
  defaults: {},
  needs: ['details'],
  descriptive: true,
  checks: () => 'Describes where the time of the framework went; there is nothing to pass or fail.',
  judge: () => notJudged('describes the job', 'See the section for the figures.'),
};
