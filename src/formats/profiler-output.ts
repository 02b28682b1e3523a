import { UsageError } from '../model/errors.ts';
import type { PythonProfile } from '../model/python-profile.ts';
import type { Input } from '../model/report.ts';
import type { Damage, TrainingRun } from '../model/run.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import { count, plural, visibleName, visibleText } from '../model/text.ts';
import { frameworkEventsReader } from './framework-events.ts';
import { gunzipping } from './gunzip.ts';
import { trainingJobName } from './job-name.ts';
import { readPythonProfile } from './python-profile.ts';
import { findRawFiles, type RawFiles } from './raw-files.ts';
import { rawInputs } from './raw-inputs.ts';
import { type FileReader, readInOrder } from './read-ahead.ts';
import { entriesBelow, join, sourceName } from './rule-folder.ts';
import type { ReadOptions } from './rule-output.ts';
import { systemMetricsReader } from './system-metrics.ts';

/** The raw data of one job, and where it came from. */
export interface ProfilerOutput {
  readonly run: TrainingRun;
  /** Relative to the store, `''` for its root. */
  readonly folder: string;
  /** The same folder, for people. */
  readonly source: string;
  /** What was read and what was not, by kind and node. */
  readonly inputs: readonly Input[];
  /** The name of the folder that holds the job's files. */
  readonly trainingJobName?: string;
}

/**
 * Finds and reads the raw profiler output of one job. Damage is tolerated and told in `run.damage`.
 * Throws a UsageError where there is none, where it is that of several jobs, or where nothing in it can be read.
 */
export async function readProfilerOutput(store: Store, options: ReadOptions = {}): Promise<ProfilerOutput> {
  const entries = await entriesBelow(store, options.folder);
  const location = join(store.location, options.folder ?? '');
  const files = findRawFiles(entries, location);
  if (files) return readRawFiles(store, files, options);
  throw noRawOutput(location);
}

export function noRawOutput(location: string): UsageError {
  const how = "name a job's profiler-output/ folder, or any folder above it";
  return new UsageError(`no raw profiler output (system/, framework/) in ${location} or below: ${how}.`);
}

/** The same for files found before. */
export async function readRawFiles(store: Store, files: RawFiles, options: ReadOptions = {}): Promise<ProfilerOutput> {
  const { system, timelines, profiles, folder } = files;
  const damage: Damage[] = emptyFiles(files);
  const unread = new Set<string>();
  const total = system.length + timelines.length + profiles.length;
  let done = 0;
  const onRead = ({ path }: StoreEntry, failure: UsageError | undefined) => {
    if (failure) {
      unread.add(path);
      damage.push({
        kind: 'unreadable file',
        file: path,
        count: 1,
        detail: `Left out from where it cannot be read: ${failure.message}`,
      });
    }
    options.onProgress?.(++done, total);
  };

  const metricsReader = systemMetricsReader();
  await readInOrder(store, system, metricsReader, onRead);
  const { metrics, damage: inMetrics } = metricsReader.finish();
  const eventsReader = frameworkEventsReader({ ...lengthOf(files), bytes: timelines.reduce((sum, { bytes }) => sum + bytes, 0) });
  await readInOrder(store, timelines, gunzipping(eventsReader), onRead);
  const { events, damage: inEvents } = eventsReader.finish();
  const profilesReader = pythonProfilesReader();
  await readInOrder(store, profiles, profilesReader, onRead);
  damage.push(...inMetrics, ...inEvents, ...profilesReader.damage);

  const source = sourceName(options.shownAs ?? store.location, folder);
  if (metrics.batchCount === 0 && events.count === 0 && profilesReader.profiles.length === 0) {
    const [first] = damage;
    const why = first ? ` (${visibleName(first.file ?? '')}: ${first.detail.replace(/\.$/, '')})` : '';
    throw new UsageError(`none of the ${plural(total, 'file')} of raw profiler output in ${source} can be read${why}.`);
  }
  const name = trainingJobName(join(store.location, folder));
  return {
    run: {
      kind: 'training',
      metrics: withVisibleNames(metrics, ['nodes', 'names']),
      events: withVisibleNames(events, ['names', 'phases', 'workers', 'steps']),
      profiles: profilesReader.profiles,
      damage: damage.map((one) => ({ ...one, detail: visibleText(one.detail) })),
      ended: files.ended,
    },
    folder,
    source,
    inputs: rawInputs(files, unread),
    ...(name === undefined ? {} : { trainingJobName: name }),
  };
}

/** From the first minute with samples to the last of these or the last event, by the names of the files. */
function lengthOf({ system, timelines }: RawFiles): { longestMicros?: number } {
  const [first, last] = [system[0], system.at(-1)];
  if (!first || !last) return {};
  const end = Math.max((last.minuteSeconds + 60) * 1e6, timelines.at(-1)?.endMicros ?? 0);
  return { longestMicros: end - first.minuteSeconds * 1e6 };
}

/** Names come from anywhere, and go into pages, tables and terminals. */
function withVisibleNames<Columns, Key extends keyof Columns>(
  columns: Columns & Record<Key, readonly string[]>,
  keys: Key[],
): Columns {
  return { ...columns, ...Object.fromEntries(keys.map((key) => [key, columns[key].map(visibleName)])) };
}

/** Profiles are small, and read whole. */
function pythonProfilesReader(): FileReader<StoreEntry> & { readonly profiles: PythonProfile[]; readonly damage: Damage[] } {
  const profiles: PythonProfile[] = [];
  const damage: Damage[] = [];
  let open = '';
  let chunks: Uint8Array[] = [];
  return {
    profiles,
    damage,
    open({ path }) {
      open = path;
      chunks = [];
    },
    push: (chunk) => void chunks.push(chunk.slice()),
    close() {
      const read = readPythonProfile({ path: open, bytes: joined(chunks) });
      if (read.profile) profiles.push(read.profile);
      damage.push(...read.damage);
    },
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function emptyFiles({ skipped }: RawFiles): Damage[] {
  const empty = skipped.get('empty') ?? [];
  const [first] = empty;
  if (first === undefined) return [];
  const detail = `${empty.length === 1 ? 'The file is' : `${count(empty.length)} files are`} empty: nothing of that time is known.`;
  return [{ kind: 'empty file', file: first.path, count: empty.length, detail }];
}
