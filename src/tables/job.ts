import { sampledSpan } from '../measures/job-span.ts';
import { isStepName } from '../measures/steps.ts';
import type { DataTable, TableInput } from './table.ts';
import { real, text } from './table.ts';
import { endMicros, extent, microsOf, timestamp } from './times.ts';

/**
 * Start, training loop and end of the job in one row: B7 of the originals, times in milliseconds as there. The loop lasts from the first
 * step to the end of the last event; what is not known is null.
 */
export function jobTable({ run: { metrics, events } }: TableInput): DataTable {
  return {
    name: 'job',
    columns: [
      ...[text('start_time'), text('end_time'), real('job_duration')],
      ...[text('training_loop_start'), text('training_loop_end'), real('training_loop_duration')],
      ...[real('initialization'), real('finalization')],
      ...[real('initialization_%'), real('training_loop_%'), real('finalization_%')],
    ],
    *rows() {
      // Without the few absurd times that a clock may have told.
      const sampled = sampledSpan({ metrics, events });
      const samples = sampled && { first: microsOf(sampled.startSeconds), last: microsOf(sampled.endSeconds) };
      const isStep = events.phases.map(isStepName);
      const start = (event: number) => events.startMicros[event] as number;
      const steps = extent(events.count, (event) => (isStep[events.phase[event] as number] ? start(event) : Number.NaN));
      const ends = extent(events.count, (event) => endMicros(events, event));
      const loop = steps && ends && { first: steps.first, last: ends.last };
      const spans = {
        job: samples && samples.last - samples.first,
        loop: loop && loop.last - loop.first,
        initialization: samples && loop && loop.first - samples.first,
        finalization: samples && loop && samples.last - loop.last,
      };
      const milliseconds = (micros: number | undefined) => (micros === undefined ? null : micros / 1000);
      const share = (micros: number | undefined) => (micros === undefined || !spans.job ? null : (100 * micros) / spans.job);
      yield [
        samples ? timestamp(samples.first) : null,
        samples ? timestamp(samples.last) : null,
        milliseconds(spans.job),
        loop ? timestamp(loop.first) : null,
        loop ? timestamp(loop.last) : null,
        milliseconds(spans.loop),
        milliseconds(spans.initialization),
        milliseconds(spans.finalization),
        share(spans.initialization),
        share(spans.loop),
        share(spans.finalization),
      ];
    },
  };
}
