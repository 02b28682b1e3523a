import type { Store, StoreEntry } from '../model/store.ts';
import { sourceOfReport } from './own-report.ts';
import { fileName, folderName, join, ruleFolders, sourceName } from './rule-folder.ts';

/** With more folders than this the caller meant to name one of them anyway. */
const MOST_LOOKED_AT = 20;

/**
 * The listing without the rule files that an earlier run copied beside a report of ours, so that the same command can run again where its
 * output lies within its source. A copy is known by the report beside it, which names another place as its source. Where all folders look
 * like copies none is taken out.
 */
export async function withoutOwnCopies(
  store: Store,
  shownAs: string,
  entries: readonly StoreEntry[],
): Promise<readonly StoreEntry[]> {
  const folders = ruleFolders(entries);
  if (folders.length < 2 || folders.length > MOST_LOOKED_AT) return entries;
  const copies = new Set(await ownFolders(store, shownAs, folders));
  return copies.size < folders.length ? entries.filter(({ path }) => !copies.has(folderName(path))) : entries;
}

/** Those of these rule folders that an earlier run filled: what lies beside names another source. */
export async function ownFolders(store: Store, shownAs: string, folders: readonly string[]): Promise<string[]> {
  const sources = await Promise.all(folders.map((folder) => sourceBeside(store, folder)));
  return folders.filter((folder, i) => sources[i] !== undefined && sources[i] !== sourceName(shownAs, folder));
}

async function sourceBeside(store: Store, folder: string): Promise<string | undefined> {
  if (fileName(folder) !== 'profiler-reports') return undefined;
  for (const name of ['findings.json', 'profiler-report.json', 'profiler-report.ipynb']) {
    const bytes = await store.readIfPresent(join(folderName(folder), name)).catch(() => undefined);
    const source = bytes && sourceOfReport(bytes);
    if (source !== undefined) return source;
  }
  return undefined;
}
