import { jobSpan } from '../measures/job-span.ts';
import { isStepName } from '../measures/steps.ts';
import { UsageError } from '../model/errors.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';

/** Most intervals of the table of activity unless they are given. */
const MAX_INTERVALS = 240;

/** Steps `from` to just before `to`; of one mode (`TRAIN`) or, as in the originals, of whichever event has the number first. */
export interface StepRange {
  readonly mode?: string;
  readonly from: number;
  readonly to: number;
}

/** From the first event of a step to a microsecond before the first one of another. Throws a UsageError where there are none. */
export function windowOfSteps(events: FrameworkEvents, { mode, from, to }: StepRange): Span {
  const phases = events.phases.map(
    (phase) => mode === undefined || (isStepName(phase) && phase.toUpperCase().endsWith(`.${mode}`)),
  );
  const numbers = events.steps.map(Number);
  const firstOf = (step: number) => {
    let first = Number.POSITIVE_INFINITY;
    for (let event = 0; event < events.count; event++) {
      if (numbers[events.step[event] as number] !== step || !phases[events.phase[event] as number]) continue;
      first = Math.min(first, events.startMicros[event] as number);
    }
    if (Number.isFinite(first)) return first;
    const of = mode === undefined ? '' : ` of mode ${mode}`;
    throw new UsageError(
      `--steps: no event${of} has the step number ${step}; the table steps and framework tell which there are.`,
    );
  };
  return { startSeconds: firstOf(from) / 1e6, endSeconds: (firstOf(to) - 1) / 1e6 };
}

/** The job in equal parts of whole minutes that begin with one; no part of it where nothing was read. */
export function minutesOf(run: TrainingRun, { startSeconds, endSeconds }: Span): Span[] {
  const job = jobSpan(run);
  if (job === undefined) return [];
  const first = Math.floor(Math.max(job.startSeconds, startSeconds) / 60) * 60;
  const seconds = Math.min(job.endSeconds, endSeconds) - first;
  const length = 60 * Math.max(1, Math.ceil(seconds / 60 / MAX_INTERVALS));
  return Array.from({ length: Math.max(0, Math.ceil(seconds / length)) }, (_, i) => {
    const start = first + i * length;
    return { startSeconds: start, endSeconds: start + length };
  });
}
