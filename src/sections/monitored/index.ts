import type { Breach, ConditionResult } from '../../model/condition-result.ts';
import type { Issue } from '../../model/issue.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { RuleResult, Section } from '../../model/report.ts';
import type { Run } from '../../model/run.ts';
import { visibleName } from '../../model/text.ts';
import { withRuleSections } from '../assemble.ts';
import { framing } from '../time-context.ts';
import { coldStarts } from './cold-starts.ts';
import { conditions } from './conditions.ts';
import { dataQuality } from './data-quality.ts';
import { endpointSummary } from './endpoint-summary.ts';
import { errors } from './errors.ts';
import { jobSummary } from './job-summary.ts';
import { latencies } from './latency.ts';
import { logs } from './logs.ts';
import { metricsRead } from './metrics-read.ts';
import { requestTime } from './request-time.ts';
import { rules } from './rules.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { traffic } from './traffic.ts';
import { utilization } from './utilization.ts';
import { variants } from './variants.ts';
import { whatWasRead } from './what-was-read.ts';

/** Shaded spans of one rule in one chart. */
const MOST_SHADED = 40;

/** The order of the report; sections of rules that none of these tells about stand between the two. */
const SECTIONS: readonly MonitoredSectionMaker[] = [
  endpointSummary,
  jobSummary,
  rules,
  conditions,
  traffic,
  errors,
  latencies,
  requestTime,
  variants,
  coldStarts,
  utilization,
];
const LAST: readonly MonitoredSectionMaker[] = [logs, metricsRead, dataQuality, whatWasRead];

/** All sections of a monitoring report. */
export function monitoredSections(
  run: Run,
  monitored: Monitored,
  results: readonly RuleResult[],
  issues: ReadonlyMap<string, readonly Issue[]>,
  asked: readonly ConditionResult[] = [],
): Section[] {
  const { startSeconds, endSeconds, subject, series } = monitored;
  const titles = new Map(results.map(({ rule, title }) => [rule, title]));
  const frame = framing({
    issues: new Map([...issues, ...asked.map(({ text, breaches }) => [text, breaches.map(issueOf)] as const)]),
    titleOf: (rule) => titles.get(rule),
    period: [startSeconds, endSeconds],
    marks: subject.phases.map((phase) => ({ label: visibleName(phase.status), value: phase.startSeconds })),
    apart: series.reduce((longest, { periodSeconds }) => Math.max(longest, periodSeconds), 60),
    most: MOST_SHADED,
  });
  const context = { run, monitored, results, conditions: asked, frame };
  const made = (makers: readonly MonitoredSectionMaker[]) => makers.flatMap((make) => make(context) ?? []);
  return [...withRuleSections(made(SECTIONS), results, issues), ...made(LAST)];
}

/** Where a condition held is shaded in every chart of that variant or host: it is of no rule. */
function issueOf(breach: Breach): Issue {
  const { node, place } = breach;
  return { ...(node === undefined ? {} : { node }), evidence: place, spans: breach.verdict === 'met' ? breach.spans : [] };
}
