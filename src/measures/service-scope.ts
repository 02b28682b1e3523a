import type { TrainingRun } from '../model/run.ts';

/** What the service would have left out (docs/rules.md, Q1). */
export interface ServiceScope {
  /** Seconds since the epoch; undefined where it would have analysed nothing. */
  readonly endSeconds?: number;
  /** Samples and events after that. */
  readonly rows: number;
  readonly events: number;
}

const MINUTE = 60;

/**
 * The service looked at whole minutes from the first system file on, one more while it began before the newest system file, and before the
 * end of the newest framework file. Undefined without system files: nobody knows what it did then.
 */
export function serviceScope({ metrics, events }: Pick<TrainingRun, 'metrics' | 'events'>): ServiceScope | undefined {
  const minutes = metrics.files.map(({ minuteSeconds }) => minuteSeconds);
  if (minutes.length === 0) return undefined;
  const first = minutes.reduce((a, b) => Math.min(a, b));
  const newest = minutes.reduce((a, b) => Math.max(a, b));
  const newestEvents = events.files.reduce((latest, { endMicros }) => Math.max(latest, endMicros / 1e6), -Infinity);
  const limit = events.files.length > 0 ? Math.min(newest, newestEvents) : newest;
  const end = limit > first ? first + MINUTE * Math.ceil((limit - first) / MINUTE) : -Infinity;
  let [rows, later] = [0, 0];
  for (let batch = 0; batch < metrics.batchCount; batch++) {
    if ((metrics.seconds[batch] as number) > end)
      rows += (metrics.firstRow[batch + 1] as number) - (metrics.firstRow[batch] as number);
  }
  for (let event = 0; event < events.count; event++) if ((events.startMicros[event] as number) > end * 1e6) later++;
  return { ...(end === -Infinity ? {} : { endSeconds: end }), rows, events: later };
}
