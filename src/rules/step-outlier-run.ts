import { eventsDuring } from '../measures/during.ts';
import { type Breakdown, frameworkBreakdown } from '../measures/framework-breakdown.ts';
import { isStepName } from '../measures/steps.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { TrainingRun } from '../model/run.ts';
import { list } from '../model/text.ts';
import { type Judgement, notJudged, type RuleRun, type RunContext } from './rule.ts';
import type { Scan } from './scans.ts';
import { type StepGroup, StepGroups } from './step-groups.ts';
import { stepVerdict } from './step-verdict.ts';

/** Looks at all steps so far after each scan, by worker and phase. */
export function runStepOutlier({ events }: TrainingRun, context: RunContext): RuleRun {
  const { mode, parameter, scans } = context;
  const isStep = stepTest(context);
  const steps = Uint8Array.from(events.names, (name) => Number(isStep(name)));
  const groups = new StepGroups(events, parameter('stddev'));
  const limit = parameter('n_outliers');
  /** In the order in which they came into the file. */
  const workers = new Set<string>();
  const triggering = new Set<StepGroup>();
  const breakdown = frameworkBreakdown(events, { crossed: mode === 'compat' });
  let [triggered, violations, datapoints] = [0, 0, 0];
  for (const scan of scans) {
    const stepsHere = among(scan.events, steps, events).filter((event) => mode === 'compat' || !events.isRepeat(event));
    for (const event of stepsHere) groups.add(event);
    datapoints += stepsHere.length;
    for (const group of groups.judged()) {
      workers.add(group.worker);
      const outliers = group.countOutliers();
      if (outliers <= limit) continue;
      triggered++;
      violations += outliers;
      triggering.add(group);
      if (mode === 'compat') addAsService(breakdown, events, scan, stepsHere, group.outliers());
    }
  }
  const details = (shown: (groups: readonly StepGroup[]) => StepGroup | undefined) => {
    const byWorker = Map.groupBy(groups.judged(), ({ worker }) => worker);
    const entries = [...workers].map((worker) => [worker, shown(byWorker.get(worker) ?? [])?.entry()] as const);
    return { step_details: new Map(entries), ...breakdown.details() };
  };
  const counted = { triggered, violations, datapoints };
  // The service keeps the phase that comes last, so that EVAL hides TRAIN (Q11).
  if (mode === 'compat') return { ...counted, details: details((phases) => phases.at(-1)), issues: [] };

  if (triggering.size > 0) {
    const slow = [...triggering].flatMap((group) => group.outliers());
    eventsDuring(events, slow, breakdown.add);
    breakdown.write();
  }
  const judgement = judgementOf(groups.judged(), triggering.size > 0, datapoints, events, context);
  return {
    ...counted,
    details: details((phases) => phases.toSorted(mostTelling)[0]),
    issues: [...triggering].map((group) => group.issue()),
    ...(judgement ? { judgement } : {}),
  };
}

/** Events of the names that are meant. */
function among(all: Uint32Array, isMeant: Uint8Array, { name }: FrameworkEvents): number[] {
  const found: number[] = [];
  for (let i = 0; i < all.length; i++) if (isMeant[name[all[i] as number] as number] === 1) found.push(all[i] as number);
  return found;
}

/** All steps, or those of the mode asked for. To the service a mode is the name of further events, beside all steps. */
function stepTest({ text, mode }: RunContext): (name: string) => boolean {
  const wanted = text('mode');
  if (wanted === '' || wanted === 'None') return isStepName;
  if (mode === 'compat') return (name) => isStepName(name) || name === wanted;
  return (name) => name === wanted || (isStepName(name) && name.toLowerCase().endsWith(`.${wanted.toLowerCase()}`));
}

/** Adds what touches, in this scan, the steps whose numbers are those of outliers: of each worker and number the first one, in any mode (Q11). */
function addAsService(
  breakdown: Breakdown,
  events: FrameworkEvents,
  scan: Scan,
  stepsHere: readonly number[],
  outliers: readonly number[],
): void {
  const numbered = (event: number) => `${events.worker[event]} ${events.step[event]}`;
  const first = new Map<string, number>();
  for (const step of stepsHere) if (!first.has(numbered(step)) && events.step[step] !== -1) first.set(numbered(step), step);
  const found = outliers.flatMap((outlier) => first.get(numbered(outlier)) ?? []);
  const start = (event: number) => events.startMicros[event] as number;
  const end = (event: number) => start(event) + (events.durationMicros[event] as number);
  for (const step of found) {
    for (const event of scan.events) if (end(event) >= start(step) && start(event) <= end(step)) breakdown.add(event);
    breakdown.write();
  }
}

/** The phase with the most outliers first, then the one with the most steps. */
function mostTelling(a: StepGroup, b: StepGroup): number {
  return b.countOutliers() - a.countOutliers() || b.count - a.count;
}

/** All phases, where the file has one of each worker; undefined where the file tells it all. */
function judgementOf(
  judged: readonly StepGroup[],
  triggered: boolean,
  datapoints: number,
  { names }: FrameworkEvents,
  { text, parameter }: RunContext,
): Judgement | undefined {
  if (judged.length > 0)
    return stepVerdict(
      judged.map((group) => group.times()),
      triggered,
      parameter('n_outliers'),
    );
  const others = names.filter(isStepName);
  if (datapoints > 0 || others.length === 0) return undefined;
  return notJudged('no such steps', `There are no steps of the mode ${text('mode')}, only ${list(others)}.`);
}
