import type { FrameworkEvents } from '../model/framework-events.ts';
import { isStepName } from './steps.ts';

/**
 * For an event the step (an event, too) of the same worker that encloses it, itself for a step; -1 where none does. Of steps within each
 * other the one that began last.
 */
export function stepFinder(events: FrameworkEvents): (event: number) => number {
  const { startMicros, durationMicros, worker, phase, phases } = events;
  const isStep = phases.map(isStepName);
  const steps: number[][] = events.workers.map(() => []);
  const start = (event: number) => startMicros[event] as number;
  const end = (event: number) => start(event) + (durationMicros[event] as number);
  for (let event = 0; event < events.count; event++) {
    if (isStep[phase[event] as number] && !events.isRepeat(event)) steps[worker[event] as number]?.push(event);
  }
  for (const list of steps) list.sort((a, b) => start(a) - start(b));
  return (event) => {
    if (isStep[phase[event] as number]) return event;
    const list = steps[worker[event] as number] ?? [];
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (start(list[middle] as number) <= start(event)) from = middle + 1;
      else to = middle;
    }
    const step = list[from - 1];
    return step !== undefined && end(step) >= end(event) ? step : -1;
  };
}
