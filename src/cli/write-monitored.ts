import { gzipSync } from 'node:zlib';
import { cloudWatchFile } from '../formats/cloudwatch.ts';
import { UsageError } from '../model/errors.ts';
import type { Monitored } from '../model/monitored.ts';
import type { OutputFile, Store } from '../model/store.ts';
import type { MonitorResult } from '../monitor.ts';
import { FINDINGS, planOutput } from '../output/plan.ts';
import { openStore } from '../stores/index.ts';
import { conflictError } from './output-conflict.ts';
import { fileIn } from './output-place.ts';
import { requireAbsent } from './require-absent.ts';

export interface PlaceOptions {
  readonly output?: string;
  readonly save?: string;
  readonly region?: string;
  readonly force?: boolean;
}

/** Where the report goes, and the file that keeps what was fetched. */
export interface Places {
  readonly report: Store;
  readonly saved?: { readonly store: Store; readonly file: string };
}

const REPORT_FILE = /^profiler-report\.(html|ipynb|json|md)$/;

/** Opens the places before a long fetch. Rejects with a UsageError where what is there already must not be replaced. */
export async function openPlaces(
  name: string,
  { output = `${name}-monitor`, save, region, force }: PlaceOptions,
): Promise<Places> {
  const aws = region === undefined ? {} : { region };
  const report = await openStore(output, aws);
  if (save === undefined) return { report };
  const [folder, file] = fileIn(save);
  const store = await openStore(folder, aws);
  if (store.location === report.location && REPORT_FILE.test(file))
    throw new UsageError(`--save ${save} is where the report goes: choose another name.`);
  if (!force) await requireAbsent(store, [file], '--save');
  return { report, saved: { store, file } };
}

/** Writes what was fetched, then the reports; what they would lose or spoil ends it before. Returns all files, what people open last. */
export async function writeMonitored(
  { report: place, saved }: Places,
  monitored: Monitored,
  { report, files }: MonitorResult,
  force: boolean,
): Promise<string[]> {
  const made = { source: report.job.source, rules: new Map(), others: files };
  const { others, conflicts } = await planOutput(place, made, { copyRules: false, force });
  const [conflict] = conflicts;
  if (conflict) throw conflictError(conflict, place.location, 'read');
  if (!force && (await place.readIfPresent(FINDINGS))) {
    const what = `${FINDINGS} in ${place.location} is of a profiled job, and this report would stand beside it`;
    throw new UsageError(`${what}: choose another place with -o, or go on with --force.`);
  }
  if (saved) await saved.store.writeAll([savedFile(saved.file, monitored)]);
  await place.writeAll(others);
  const kept = saved ? [`${saved.store.location}/${saved.file}`] : [];
  return [...kept, ...others.map(({ path }) => `${place.location}/${path}`)];
}

/** A tenth of the bytes where its name says so. */
function savedFile(path: string, monitored: Monitored): OutputFile {
  const bytes = new TextEncoder().encode(cloudWatchFile(monitored));
  if (!path.endsWith('.gz')) return { path, bytes, contentType: 'application/json' };
  return { path, bytes: gzipSync(bytes), contentType: 'application/gzip' };
}
