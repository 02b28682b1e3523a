import { UsageError } from '../model/errors.ts';
import type { EventFile } from '../model/framework-events.ts';
import type { StoreEntry } from '../model/store.ts';
import { list } from '../model/text.ts';
import { fileName, folderName, join } from './rule-folder.ts';
import { traceTimes } from './trace-times.ts';
import { workerId } from './worker-id.ts';

/** One minute of one node. */
export interface SystemFile extends StoreEntry {
  readonly kind: 'system';
  readonly node: string;
  readonly minuteSeconds: number;
}

/** A timeline that one worker wrote. */
export interface TimelineFile extends StoreEntry, Pick<EventFile, 'label' | 'worker' | 'endMicros'> {
  /** Of a TensorFlow trace, which has no base within: what its times count from. */
  readonly baseMicros?: number;
  readonly kind: 'timeline';
}

type RawFile =
  | SystemFile
  | TimelineFile
  | (StoreEntry & { readonly kind: 'profile' | 'end marker' })
  | (StoreEntry & { readonly kind: 'skipped'; readonly reason: string });

/** The raw files of one job, each kind in the order in which the service's rules saw them. */
export interface RawFiles {
  /** `profiler-output`, or whatever it is called here, relative to the store; `''` for its root. */
  readonly folder: string;
  readonly system: readonly SystemFile[];
  readonly timelines: readonly TimelineFile[];
  readonly profiles: readonly StoreEntry[];
  /** True where there is an end marker. */
  readonly ended: boolean;
  /** Files of the profiler's folders that are not read, by the reason. */
  readonly skipped: ReadonlyMap<string, readonly StoreEntry[]>;
}

const SYSTEM = /^(\d{10}).(algo-\d+)\.json$/;
const TIMELINE = /^(\d+)_([^_]+)_(.+)\.json$/;
const TRACE = /^([^.]+).*\.trace\.json\.gz$/;

/** A timeline's kind is told by what its name contains. */
const LABELS = [
  ['pythontimeline', 'PythontimelineMetrics'],
  ['model_timeline', 'DetailedframeworkMetrics'],
  ['horovod_timeline', ''],
  ['smdataparallel_timeline', 'SMDataParallelMetrics'],
] as const;

const NOT_READ: readonly (readonly [name: RegExp, reason: string])[] = [
  [/\.tmp$/, 'still being written'],
  [/\.html$/, 'a page of the profiler, told as JSON beside it'],
  [/\.pb$/, "TensorFlow's own summary, told by its trace"],
  [/\.metadata$/, 'its name tells when a TensorFlow trace began'],
  [/tfevents/, 'events of TensorBoard'],
];

/** What a file is, by its name: folders above it may be missing or others. */
export function classify(entry: StoreEntry): RawFile {
  const { path, bytes } = entry;
  const name = fileName(path);
  if (name === 'training_job_end.ts') return { ...entry, kind: 'end marker' };
  const reason = NOT_READ.find(([pattern]) => pattern.test(name))?.[1] ?? (bytes === 0 ? 'empty' : undefined);
  if (reason !== undefined) return { ...entry, kind: 'skipped', reason };

  const [, minute, node] = SYSTEM.exec(name) ?? [];
  if (minute && node) return { ...entry, kind: 'system', node, minuteSeconds: Number(minute) };
  const [, end, worker, rest] = TIMELINE.exec(name) ?? [];
  const label = LABELS.find(([part]) => rest?.includes(part))?.[1];
  if (worker && label !== undefined) {
    return { ...entry, kind: 'timeline', label, worker: workerId(worker), endMicros: Number(end) };
  }
  const [, host] = TRACE.exec(name) ?? [];
  if (host) return { ...entry, kind: 'timeline', label: 'TFProfilerMetrics', worker: host, endMicros: 0 };
  if (/^python_stats(\.json)?$/.test(name)) return { ...entry, kind: 'profile' };
  return { ...entry, kind: 'skipped', reason: 'not a file of the profiler' };
}

/**
 * Finds the raw profiler output in a listing; depth does not matter. Undefined where there is none.
 * Throws a UsageError where it belongs to several jobs.
 */
export function findRawFiles(entries: readonly StoreEntry[], location: string): RawFiles | undefined {
  const all = entries.map(classify);
  const system = all.filter((file) => file.kind === 'system');
  const times = traceTimes(entries);
  const timelines = all.filter((file) => file.kind === 'timeline').map((file) => ({ ...file, ...times(file.path) }));
  const profiles = all.filter((file) => file.kind === 'profile');
  const folder = folderOf([...system, ...timelines, ...profiles], location);
  if (folder === undefined) return undefined;
  const within = (path: string) => ['system/', 'framework/'].some((part) => path.startsWith(join(folder, part)));
  return {
    folder,
    system: system.sort((a, b) => a.minuteSeconds - b.minuteSeconds || byText(a.node, b.node) || byText(a.path, b.path)),
    timelines: timelines.sort((a, b) => a.endMicros - b.endMicros || byText(a.worker, b.worker) || byText(a.path, b.path)),
    profiles: profiles.sort((a, b) => byText(a.path, b.path)),
    ended: all.some(({ kind }) => kind === 'end marker'),
    skipped: Map.groupBy(
      all.filter((file) => file.kind === 'skipped' && within(file.path)),
      (file) => (file.kind === 'skipped' ? file.reason : ''),
    ),
  };
}

/** The one folder that holds them all, above `system` and `framework`. */
function folderOf(files: readonly StoreEntry[], location: string): string | undefined {
  const folders = [...new Set(files.map(({ path }) => jobFolder(folderName(path).split('/'))))].sort();
  if (folders.length < 2) return folders[0];
  const names = list(
    folders.map((folder) => folder || '.'),
    5,
  );
  throw new UsageError(
    `${location} holds the raw profiler output of ${folders.length} jobs (${names}): choose the folder of one of them.`,
  );
}

function jobFolder(parts: readonly string[]): string {
  const layout = parts.findLastIndex((part) => /^(?:system|framework)$/.test(part));
  const end = layout < 0 ? parts.findLastIndex((part) => !/^(?:incremental|pevents|\d{10})$/.test(part)) + 1 : layout;
  return parts.slice(0, end).join('/');
}

/** By code unit, as the service sorts names. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
