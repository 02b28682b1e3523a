import { UsageError } from '../model/errors.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import { list } from '../model/text.ts';

/** Its name in the service's layout; the notebook reads it where it lies beside. */
export const RULE_FOLDER = 'profiler-reports';

/** A folder of rule files found in a listing. */
export interface RuleFolder {
  /** Relative to the store, `''` for its root. */
  readonly folder: string;
  /** Other reports of the same job, older ones, named to the reader. */
  readonly passedOver: readonly string[];
}

const RULE_FILES = new Set<string>(RULE_NAMES.map((name) => `${name}.json`));
const COPY = /^copy of | copy( \d+)?$|\(\d+\)$|^\.ipynb_checkpoints$/i;
const REPORT_FOLDER = /^ProfilerReport(?:-(\d+))?$/;

/**
 * Chooses the folder of rule files in a listing. Of several reports of one job (`ProfilerReport-<epoch>`) the newest wins.
 * Throws a UsageError that says what was found instead where there is none, or where the folders belong to several jobs.
 */
export function findRuleFolder(entries: readonly StoreEntry[], location: string): RuleFolder {
  const all = ruleFolders(entries);
  const originals = all.filter((folder) => !folder.split('/').some((part) => COPY.test(part)));
  const folders = originals.length > 0 ? originals : all;
  if (folders.length === 0) throw new UsageError(nothingFound(entries, location));

  const jobs = Map.groupBy(folders, jobOf);
  if (jobs.size > 1) {
    const names = list([...jobs.keys()].map((job) => job || '.').sort(), 5);
    throw new UsageError(`${location} holds the reports of ${jobs.size} jobs (${names}): choose the folder of one of them.`);
  }
  const newestFirst = folders.toSorted((a, b) => epochOf(b) - epochOf(a) || a.length - b.length || (a < b ? -1 : 1));
  return { folder: newestFirst[0] as string, passedOver: newestFirst.slice(1) };
}

/** Folders of a listing that hold a rule file. */
export function ruleFolders(entries: readonly StoreEntry[]): string[] {
  return [...new Set(entries.filter(({ path }) => RULE_FILES.has(fileName(path))).map(({ path }) => folderName(path)))];
}

/** `s3:` is the root of a drive of JupyterLab. */
export function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').reduce((path, part) => path + (/^(?:[^/:]*:)?$/.test(path) ? '' : '/') + part, '');
}

/** How a report names where its data lies. */
export function sourceName(shownAs: string, folder: string): string {
  return join(shownAs, folder) || '.';
}

/** Whether a file lies in a folder or anywhere below; all do where no folder is named. */
function isBelow(path: string, folder = ''): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** All files of a store, or those below a folder of it. */
export async function entriesBelow(store: Store, folder?: string): Promise<StoreEntry[]> {
  const entries: StoreEntry[] = [];
  for await (const entry of store.list()) if (isBelow(entry.path, folder)) entries.push(entry);
  return entries;
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderName(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What stands before `ProfilerReport[-<epoch>]`; without such a part, the folder that holds `profiler-reports`. */
function jobOf(folder: string): string {
  const parts = folder.split('/');
  const report = parts.findLastIndex((part) => REPORT_FOLDER.test(part));
  if (report >= 0) return parts.slice(0, report).join('/');
  return (parts.at(-1) === 'profiler-reports' ? parts.slice(0, -1) : parts).join('/');
}

function epochOf(folder: string): number {
  const epochs = folder.split('/').map((part) => Number(REPORT_FOLDER.exec(part)?.[1] ?? -1));
  return Math.max(...epochs);
}

function nothingFound(entries: readonly StoreEntry[], location: string): string {
  const looked = `neither raw profiler output nor rule files (such as LowGPUUtilization.json) in ${location} or below`;
  const name = (path: string | undefined) => (path === undefined ? '' : path.length > 80 ? `…${path.slice(-79)}` : path);
  const [first] = entries;
  const wanted = 'Choose a folder that holds profiler-output/ or profiler-reports/.';
  if (first === undefined) return `${looked}: it is empty. ${wanted}`;
  const raw = entries.find(({ path }) => /(^|\/)(system\/incremental|framework\/pevents)\//.test(path));
  if (raw) return `no rule files in ${location} or below: found raw profiler output instead (${name(raw.path)}). ${wanted}`;
  const others = `${entries.length === 1 ? 'one other file' : `${entries.length} other files`}, such as ${name(first.path)}`;
  return `${looked}: found ${others}. ${wanted}`;
}
