import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Totals } from './totals.ts';

/** Keeps the time that no step covers, microseconds, among the totals of the step phases. */
export interface OtherTime {
  /** A step that has just been added to the totals. */
  add(event: number): void;
  /** Brings the total up to date. */
  settle(): void;
}

/**
 * As the service reckoned it at each step with a number: from the start of the first one, less the time of all phases, its own old value
 * among them. So it swings around half of the gap and can be negative (Q9).
 */
export function otherTimeOfService(
  { startMicros, durationMicros, step }: FrameworkEvents,
  totals: Totals,
  others: number,
  gpuPhases: () => number,
): OtherTime {
  let first: number | undefined;
  let [sum, old] = [0, 0];
  return {
    add(event) {
      sum += durationMicros[event] as number;
      if ((step[event] as number) < 0) return;
      const start = startMicros[event] as number;
      first ??= start;
      const micros = start + (durationMicros[event] as number) - first - (sum + old) / Math.max(1, gpuPhases());
      totals.add(others, micros - old);
      old = micros;
    },
    settle() {},
  };
}

/** The gaps between the steps of each worker, from its first to its last: the span of its steps less the time that they cover. */
export function otherTimeOfWorkers(
  { startMicros, durationMicros, worker, workers }: FrameworkEvents,
  totals: Totals,
  others: number,
): OtherTime {
  const byWorker = workers.map((): number[] => []);
  let old = 0;
  const start = (event: number) => startMicros[event] as number;
  return {
    add(event) {
      byWorker[worker[event] as number]?.push(event);
      totals.add(others, 0);
    },
    settle() {
      const micros = byWorker.reduce((sum, steps) => sum + gaps(steps.sort((a, b) => start(a) - start(b))), 0);
      if (micros !== old) totals.add(others, micros - old);
      old = micros;
    },
  };

  function gaps(steps: readonly number[]): number {
    let sum = 0;
    let covered = Number.NEGATIVE_INFINITY;
    for (const event of steps) {
      if (start(event) > covered && covered > Number.NEGATIVE_INFINITY) sum += start(event) - covered;
      covered = Math.max(covered, start(event) + (durationMicros[event] as number));
    }
    return sum;
  }
}
