import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of a system file, as it is written. */
export interface MetricLine {
  readonly Type: string;
  readonly Name: string;
  readonly Dimension: string;
  readonly Value: number;
  readonly NodeId: string;
  readonly Timestamp: number;
}

/** A complete event with absolute times. */
export interface EventLine {
  readonly worker: string;
  readonly phase: string;
  readonly name: string;
  /** Seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly step: string | undefined;
}

/** Path and content of files; nothing is asked of those that are no text. */
export type Files = Iterable<readonly [path: string, content: string | Uint8Array]>;

/** Raw output below a folder, with nothing of src. */
export function* filesBelow(folder: string): Generator<readonly [path: string, text: string]> {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.json')) yield [path, readFileSync(join(folder, path), 'utf8')];
  }
}

/** All lines of the system files: nothing but JSON.parse. */
export function metricLines(files: Files): MetricLine[] {
  return [...files].flatMap(([path, text]) =>
    path.includes('system/') && typeof text === 'string'
      ? text
          .trim()
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as MetricLine]))
      : [],
  );
}

/** All complete events of whole timelines: nothing but JSON.parse, and the names that metadata gives to phases. */
export function eventLines(files: Files): EventLine[] {
  return [...files].flatMap(([path, text]) => {
    const [, rank, node] = /\d+_(\d+)-(algo-\d+)_pythontimeline\.json$/.exec(path) ?? [];
    if (node === undefined || typeof text !== 'string') return [];
    let base = 0;
    const phases = new Map<number, string>();
    // biome-ignore lint/suspicious/noExplicitAny: the file as it is
    return (JSON.parse(text) as any[]).flatMap(({ ph, pid, name, ts, dur, args }): EventLine[] => {
      if (name === 'process_name') {
        base = args.start_time_since_epoch_in_micros ?? base;
        if (args.name !== undefined) phases.set(pid, args.name);
      }
      if (ph !== 'X') return [];
      const [start, end] = [(base + ts) / 1e6, (base + ts + dur) / 1e6];
      return [{ worker: `${node}-${rank}`, phase: phases.get(pid) ?? 'Unknown', name, start, end, step: args.step_num }];
    });
  });
}
