import type { JobFacts } from '../measures/job-facts.ts';
import { jobSpan, samplingSeconds } from '../measures/job-span.ts';
import { mergedSpans } from '../measures/spans.ts';
import { coarser, endOf, type TimeAxis, timeAxis } from '../measures/time-axis.ts';
import { byUse, type NodeUsage, usageOverTime } from '../measures/usage-over-time.ts';
import type { Mark, ShadedSpan } from '../model/chart.ts';
import type { Issue, Span } from '../model/issue.ts';
import type { RuleName } from '../model/rule-names.ts';
import type { Analysis } from '../model/rule-output.ts';
import { RULES } from '../rules/index.ts';
import { stepMarks } from './step-marks.ts';

/** Points of a line over time: of a job of one or two nodes, and at least. Between them the more nodes the fewer. */
const MAX_POINTS = 600;
const MIN_POINTS = 60;
const POINTS_OF_ALL_NODES = 2000;
/** Nodes drawn over time; each takes a dozen charts. */
export const MAX_TIME_PANELS = 12;
/** Shaded spans of one rule in one chart. */
const MAX_SHADED = 40;
const MAX_SHADED_OF_MANY_NODES = 12;

/** What the sections with a time axis share. */
export interface TimeContext {
  readonly axis: TimeAxis;
  /** Each node's metrics, the least used first. */
  readonly usage: readonly NodeUsage[];
  /** Samples far outside of the job. */
  readonly rowsOutside: number;
  /** Period, shaded spans and marks of a chart about a node or worker: spans of the rules given and of those added by the user. */
  readonly frame: Framing;
}

interface Where {
  readonly node?: string;
  readonly worker?: string;
}

export type Framing = (rules: readonly string[], where: Where) => ChartFrame;

interface ChartFrame {
  readonly period: readonly [number, number];
  readonly spans: readonly ShadedSpan[];
  readonly marks: readonly Mark[];
}

/** Undefined where the raw data holds no moment at all. */
export function timeContext({ run, issues }: Analysis, facts: JobFacts): TimeContext | undefined {
  const span = jobSpan(run);
  if (span === undefined) return undefined;
  const nodes = Math.max(1, run.metrics.nodes.length);
  const points = Math.max(MIN_POINTS, Math.min(MAX_POINTS, Math.floor(POINTS_OF_ALL_NODES / nodes)));
  const axis = timeAxis(span.startSeconds, span.endSeconds, points, 2 * (samplingSeconds(run.metrics) ?? 0));
  const { nodes: usage, rowsOutside } = usageOverTime(run.metrics, axis);
  const period = [axis.startSeconds, endOf(coarser(axis))] as const;
  const marks = stepMarks(facts).filter(({ value }) => value >= period[0] && value <= period[1]);
  const most = nodes > 2 ? MAX_SHADED_OF_MANY_NODES : MAX_SHADED;
  return {
    axis,
    usage: usage.toSorted(byUse),
    rowsOutside,
    frame: framing({
      issues,
      titleOf: (rule) => (Object.hasOwn(RULES, rule) ? RULES[rule as RuleName].title : undefined),
      period,
      marks,
      apart: axis.stepSeconds,
      most,
    }),
  };
}

interface FramingOptions {
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
  /** Undefined for a rule of the user's own, which goes with every chart. */
  readonly titleOf: (rule: string) => string | undefined;
  readonly period: readonly [number, number];
  readonly marks: readonly Mark[];
  /** Spans up to so many seconds from each other are one. */
  readonly apart: number;
  /** Spans of one rule in one chart. */
  readonly most: number;
}

/** What charts over time share: their period, and what to shade and mark in each. */
export function framing({ issues, titleOf, period, marks, apart, most }: FramingOptions): Framing {
  const within = { startSeconds: period[0], endSeconds: period[1] };
  return (rules, where) => ({
    period,
    marks,
    spans: [...issues].flatMap(([rule, found]) => {
      const title = titleOf(rule);
      if (title !== undefined && !rules.includes(rule)) return [];
      const spans = found.filter((issue) => concerns(issue, where)).flatMap((issue) => issue.spans);
      return shaded(title ?? rule, mergedSpans(spans, within, apart, most));
    }),
  });
}

/** An issue of no node is one of all; one of a device is not one of another worker. */
function concerns({ node, device }: Issue, { node: drawn, worker }: Where): boolean {
  if (node !== undefined && node !== drawn && node !== worker) return false;
  return worker === undefined || device === undefined || device === worker;
}

/** To the millisecond: more cannot be seen. */
function shaded(label: string, spans: readonly Span[]): ShadedSpan[] {
  const milliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
  return spans.map(({ startSeconds, endSeconds }) => ({
    label,
    startSeconds: milliseconds(startSeconds),
    endSeconds: milliseconds(endSeconds),
  }));
}
