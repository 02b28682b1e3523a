import { activityOverTime, type Lane, type WorkerActivity } from '../measures/activity.ts';
import { nodeOf } from '../measures/node-of.ts';
import { coarser } from '../measures/time-axis.ts';
import type { ActivityChart } from '../model/chart.ts';
import { byNumber, duration, list, plural, visibleName } from '../model/text.ts';
import { chart, info, panels, type SectionMaker } from './section.ts';
import { MAX_TIME_PANELS, type TimeContext } from './time-context.ts';

/** Lanes of a worker; the others are summed up in one more. */
const MAX_LANES = 40;

/** What the framework of each worker did when: busy seconds of each phase and event. */
export const frameworkActivity: SectionMaker = ({ analysis }, time) => {
  const events = analysis?.run.events;
  if (time === undefined || events === undefined || events.count === 0) return undefined;
  const workers = events.workers.toSorted(byNumber).slice(0, MAX_TIME_PANELS + 1);
  const items = activityOverTime(events, workers, coarser(time.axis), MAX_LANES).map((one) => ({ title: one.worker, one }));
  if (items.length === 0) return undefined;
  return {
    id: 'framework-activity',
    title: 'Framework activity over time',
    blocks: [
      ...panels(
        'framework-activity-worker',
        'Worker',
        items,
        ({ one }, suffix) => [chart(activity(one, time, suffix))],
        MAX_TIME_PANELS,
      ),
      info(
        `Busy seconds of each event in steps of ${duration(coarser(time.axis).stepSeconds)}; select a range to sum them up. Events nest and run at once: a lane may contain the time of others.`,
      ),
    ],
  };
};

function activity({ worker, lanes, rest }: WorkerActivity, { axis, frame }: TimeContext, suffix: string): ActivityChart {
  const { startSeconds, stepSeconds } = coarser(axis);
  const busy = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const busiest = lanes.toSorted((a, b) => busy(b.busySeconds) - busy(a.busySeconds)).slice(0, 3);
  return {
    kind: 'activity',
    id: `framework-lanes${suffix}`,
    title: 'What the framework did',
    alt: `${worker}: most time in ${list(busiest.map((lane) => `${labelOf(lane)} (${duration(busy(lane.busySeconds))})`))}.`,
    ...frame(['CPUBottleneck', 'IOBottleneck', 'StepOutlier'], { node: nodeOf(worker), worker }),
    startSeconds,
    stepSeconds,
    lanes: [
      ...lanes
        .toSorted(stepsFirst)
        .map((lane) => ({ group: groupOf(lane), label: labelOf(lane), busySeconds: lane.busySeconds })),
      ...(rest ? [{ group: 'Others', label: plural(rest.lanes, 'other event'), busySeconds: rest.busySeconds }] : []),
    ],
  };
}

const STEP = /^Step:ModeKeys\./;

function stepsFirst(a: Lane, b: Lane): number {
  return Number(STEP.test(b.phase)) - Number(STEP.test(a.phase));
}

function groupOf({ phase }: Lane): string {
  return STEP.test(phase) ? 'Steps' : visibleName(phase);
}

function labelOf({ phase, name, loaderWorker }: Lane): string {
  if (STEP.test(phase) && name === phase) return visibleName(name.replace(STEP, ''));
  return loaderWorker === undefined ? visibleName(name) : `${visibleName(name)}, process ${loaderWorker}`;
}
