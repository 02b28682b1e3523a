import type { StoreEntry } from '../model/store.ts';
import { fileName } from './rule-folder.ts';

/** When a TensorFlow trace was taken, microseconds since the epoch. */
export interface TraceTimes {
  /** What its times count from. */
  readonly baseMicros: number;
  readonly endMicros: number;
}

/** `<worker>_<start>_<end>.metadata`: an empty file, its name is the content. */
const METADATA = /_(\d+)_(\d+)\.metadata$/;

/**
 * Tells the times of each trace in a listing, from the name of the first metadata file in the folder of its step
 * (`<step>/plugins/profile/<time>/<host>.trace.json.gz`); nothing for any other file.
 */
export function traceTimes(entries: readonly StoreEntry[]): (path: string) => TraceTimes | undefined {
  const named = entries
    .flatMap(({ path }) => {
      const [, base, end] = METADATA.exec(fileName(path)) ?? [];
      return base && end ? [{ path, times: { baseMicros: Number(base), endMicros: Number(end) } }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return (path) => {
    if (!path.endsWith('.trace.json.gz')) return undefined;
    const step = `${path.split('/').slice(0, -4).join('/')}/`;
    return named.find((file) => file.path.startsWith(step))?.times;
  };
}
