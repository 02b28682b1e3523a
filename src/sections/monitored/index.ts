import type { Issue } from '../../model/issue.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { RuleResult, Section } from '../../model/report.ts';
import type { Run } from '../../model/run.ts';
import { withRuleSections } from '../assemble.ts';
import { framing } from '../time-context.ts';
import { rules } from './rules.ts';
import type { MonitoredSectionMaker } from './section.ts';

/** Shaded spans of one rule in one chart. */
const MOST_SHADED = 40;

/** The order of the report. */
const SECTIONS: readonly MonitoredSectionMaker[] = [rules];

/** All sections of a monitoring report. */
export function monitoredSections(
  run: Run,
  monitored: Monitored,
  results: readonly RuleResult[],
  issues: ReadonlyMap<string, readonly Issue[]>,
): Section[] {
  const { startSeconds, endSeconds, subject, series } = monitored;
  const titles = new Map(results.map(({ rule, title }) => [rule, title]));
  const frame = framing({
    issues,
    titleOf: (rule) => titles.get(rule) ?? rule,
    period: [startSeconds, endSeconds],
    marks: subject.phases.map((phase) => ({ label: phase.status, value: phase.startSeconds })),
    apart: series.reduce((longest, { periodSeconds }) => Math.max(longest, periodSeconds), 60),
    most: MOST_SHADED,
  });
  const context = { run, monitored, results, issues, frame };
  return withRuleSections(
    SECTIONS.flatMap((make) => make(context) ?? []),
    results,
    issues,
  );
}
