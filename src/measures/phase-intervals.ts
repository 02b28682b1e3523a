import type { FrameworkEvents } from '../model/framework-events.ts';
import { stepSeries } from './steps.ts';

/** A time in which a worker did one thing: the steps of one mode, or what lies before, between and after them. */
export interface PhaseInterval {
  /** `Step:ModeKeys.TRAIN`, `Before ...`, `Between ... and ...`, `After ...`. */
  readonly phase: string;
  /** Microseconds since the epoch. */
  readonly startMicros: number;
  readonly endMicros: number;
}

/**
 * The job of each worker cut at its steps: runs of steps of one mode as one interval each, and the times around them, in order. From
 * `jobStart` to `jobEnd` (microseconds since the epoch), where samples tell them.
 */
export function phaseIntervals(
  events: FrameworkEvents,
  job?: { readonly startMicros: number; readonly endMicros: number },
): Map<string, PhaseInterval[]> {
  const byWorker = Map.groupBy(stepSeries(events), ({ worker }) => worker);
  return new Map(
    [...byWorker].map(([worker, series]) => [
      worker,
      around(
        runsOf(
          events,
          series.flatMap((one) => [...one.events]),
        ),
        job,
      ),
    ]),
  );
}

/** Steps in order of time, neighbours of one phase joined. */
function runsOf({ startMicros, durationMicros, phase, phases }: FrameworkEvents, steps: number[]): PhaseInterval[] {
  steps.sort((a, b) => (startMicros[a] as number) - (startMicros[b] as number));
  const runs: PhaseInterval[] = [];
  for (const step of steps) {
    const start = startMicros[step] as number;
    const end = start + (durationMicros[step] as number);
    const name = phases[phase[step] as number] as string;
    const last = runs.at(-1);
    if (last?.phase === name) runs[runs.length - 1] = { ...last, endMicros: Math.max(last.endMicros, end) };
    else runs.push({ phase: name, startMicros: start, endMicros: end });
  }
  return runs;
}

function around(
  runs: readonly PhaseInterval[],
  job?: { readonly startMicros: number; readonly endMicros: number },
): PhaseInterval[] {
  const [first, last] = [runs[0] as PhaseInterval, runs.at(-1) as PhaseInterval];
  const gaps = runs.slice(1).map((run, i): PhaseInterval => {
    const before = runs[i] as PhaseInterval;
    const phase = `Between ${[before.phase, run.phase].sort().join(' and ')}`;
    return { phase, startMicros: before.endMicros, endMicros: run.startMicros };
  });
  const ends = job
    ? [
        { phase: `Before ${first.phase}`, startMicros: job.startMicros, endMicros: first.startMicros },
        { phase: `After ${last.phase}`, startMicros: last.endMicros, endMicros: job.endMicros },
      ]
    : [];
  return [...runs, ...[...gaps, ...ends].filter(({ startMicros, endMicros }) => endMicros > startMicros)].sort(
    (a, b) => a.startMicros - b.startMicros,
  );
}
