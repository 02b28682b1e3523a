import { type PhaseInterval, phaseIntervals } from '../measures/phase-intervals.ts';
import type { TrainingRun } from '../model/run.ts';
import type { DataTable, TableInput } from './table.ts';
import { real, text } from './table.ts';
import { extent, microsOf, timestamp } from './times.ts';

/** Times inside, before, between and after the steps of each mode, by worker: B11 of the originals. */
export function phasesTable({ run, originSeconds }: TableInput): DataTable {
  return {
    name: 'phases',
    columns: [
      ...[text('nodeID'), text('phase'), text('start_time'), text('end_time')],
      ...[real('start_time_us'), real('end_time_us'), real('duration_us')],
    ],
    *rows() {
      const origin = originSeconds * 1e6;
      for (const [worker, intervals] of workerPhases(run)) {
        for (const { phase, startMicros, endMicros } of intervals) {
          const times = [startMicros - origin, endMicros - origin, endMicros - startMicros];
          yield [worker, phase, timestamp(startMicros), timestamp(endMicros), ...times];
        }
      }
    },
  };
}

/** By worker; the job lasts from its first to its last sample. */
export function workerPhases({ metrics, events }: TrainingRun): Map<string, PhaseInterval[]> {
  const samples = extent(metrics.batchCount, (batch) => microsOf(metrics.seconds[batch] as number));
  return phaseIntervals(events, samples && { startMicros: samples.first, endMicros: samples.last });
}
