import { frameworkBreakdown } from '../measures/framework-breakdown.ts';
import { notJudged, type Rule } from './rule.ts';

export const overallFrameworkMetrics: Rule<'OverallFrameworkMetrics'> = {
  name: 'OverallFrameworkMetrics',
  title: 'Overall framework metrics',
  judges: 'training',
  sectionId: 'framework-metrics',
  defaults: {},
  needs: ['details'],
  descriptive: true,
  checks: () => 'Describes where the time of the framework went; there is nothing to pass or fail.',
  run({ events }, { mode, scans }) {
    const breakdown = frameworkBreakdown(events, { others: mode === 'compat' ? 'service' : 'gap' });
    for (const scan of scans) {
      const own = scan.events;
      for (let i = 0; i < own.length; i++) {
        const event = own[i] as number;
        if (mode === 'compat' || !events.isRepeat(event)) breakdown.add(event);
      }
      breakdown.write();
    }
    return { triggered: 0, violations: 0, datapoints: 0, details: breakdown.details(), issues: [] };
  },
  judge: () => notJudged('describes the job', 'See the section for the figures.'),
};
