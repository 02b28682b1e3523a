import type { FrameworkEvents } from '../model/framework-events.ts';
import { eventsWith } from './events-with.ts';
import { mean, standardDeviation } from './moments.ts';
import { quantile, sorted } from './quantile.ts';

/** The steps of one worker and phase in order of time, column by column. */
export interface StepSeries {
  /** `algo-1-27`. */
  readonly worker: string;
  /** `Step:ModeKeys.TRAIN`. */
  readonly phase: string;
  /** `TRAIN`. */
  readonly mode: string;
  /** Index into the events they were taken from. */
  readonly events: Uint32Array;
  /** Seconds since the epoch. */
  readonly startSeconds: Float64Array;
  readonly durationSeconds: Float64Array;
  /** As the files spell them; numbers count per mode. Empty where a step has none. */
  readonly numbers: readonly string[];
  readonly medianSeconds: number;
  /** Longer steps are outliers: the mean and so many standard deviations. Infinity where there are too few steps to tell. */
  readonly limitSeconds: number;
  /** Which of the steps are outliers, in order of time. */
  readonly outliers: readonly number[];
}

/** Outliers are looked for among more steps than this. */
export const FEW_STEPS = 100;

/** `TRAIN` of the phase `Step:ModeKeys.TRAIN`. */
export function modeOf(phase: string): string {
  return phase.replace(/^.*ModeKeys\./, '');
}

/** Whether events of this name are steps. */
export function isStepName(name: string): boolean {
  return name.includes('Step:ModeKeys');
}

/**
 * Steps by worker and phase, in the order in which these first appeared. Longer ones than the mean and `deviations` standard deviations are
 * outliers. An event that is there twice counts once.
 */
export function stepSeries(events: FrameworkEvents, deviations = 3): StepSeries[] {
  const workerAndPhase = (event: number) =>
    (events.worker[event] as number) * events.phases.length + (events.phase[event] as number);
  const groups = Map.groupBy(eventsWith(events, 'name', isStepName), workerAndPhase);
  return [...groups.values()].map((group) => seriesOf(events, group, deviations));
}

function seriesOf({ startMicros, durationMicros, ...events }: FrameworkEvents, group: number[], deviations: number): StepSeries {
  const ordered = Uint32Array.from(group).sort((a, b) => (startMicros[a] as number) - (startMicros[b] as number));
  const seconds = (micros: Float64Array) => Float64Array.from(ordered, (event) => (micros[event] as number) / 1e6);
  const durationSeconds = seconds(durationMicros);
  const judged = ordered.length > FEW_STEPS;
  const limitSeconds = judged
    ? mean(durationSeconds) + deviations * standardDeviation(durationSeconds)
    : Number.POSITIVE_INFINITY;
  const first = ordered[0] as number;
  const phase = events.phases[events.phase[first] as number] as string;
  return {
    worker: events.workers[events.worker[first] as number] as string,
    phase,
    mode: modeOf(phase),
    events: ordered,
    startSeconds: seconds(startMicros),
    durationSeconds,
    numbers: Array.from(ordered, (event) => events.steps[events.step[event] as number] ?? ''),
    medianSeconds: quantile(sorted(durationSeconds), 0.5),
    limitSeconds,
    outliers: [...durationSeconds.keys()].filter((i) => (durationSeconds[i] as number) > limitSeconds),
  };
}
