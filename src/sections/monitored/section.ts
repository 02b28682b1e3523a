import type { ConditionResult } from '../../model/condition-result.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { RuleResult, Section } from '../../model/report.ts';
import type { Run } from '../../model/run.ts';
import type { Framing } from '../time-context.ts';

/** What the sections of a monitoring report are made from. */
export interface MonitoredContext {
  readonly run: Run;
  readonly monitored: Monitored;
  readonly results: readonly RuleResult[];
  /** What became of the limits that were asked for. */
  readonly conditions: readonly ConditionResult[];
  /** Period, shaded spans and marks of every chart over time; `node` is a host, or a variant of an endpoint. */
  readonly frame: Framing;
}

/** Makes one section; undefined where it is about another kind of thing. */
export type MonitoredSectionMaker = (context: MonitoredContext) => Section | undefined;
