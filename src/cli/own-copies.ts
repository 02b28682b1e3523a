import { fileName, folderName } from '../formats/rule-folder.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import { OWN_FOLDER, placeWithin, RULE_FOLDER } from './output-place.ts';

const RULE_FILES = new Set<string>(RULE_NAMES.map((name) => `${name}.json`));

/**
 * The store without the rule files that an earlier run copied into it, so that the same command can run again: those at the output,
 * where that lies inside the source, and those in our folder below rule files that lie flat. Kept where there are no others.
 */
export function withoutOwnCopies(store: Store, output: string | undefined): Store {
  const place = output === undefined ? undefined : placeWithin(store.location, output);
  return {
    ...store,
    async *list() {
      const entries: StoreEntry[] = [];
      for await (const entry of store.list()) entries.push(entry);
      const folders = new Set(entries.filter(({ path }) => RULE_FILES.has(fileName(path))).map(({ path }) => folderName(path)));
      const copies = new Set([...folders].filter((folder) => isOutput(folder, place) || isBelowFlat(folder, folders)));
      if (copies.size < folders.size) yield* entries.filter(({ path }) => !copies.has(folderName(path)));
      else yield* entries;
    },
  };
}

function isOutput(folder: string, place: string | undefined): boolean {
  return place !== undefined && folder === (place === '' ? RULE_FOLDER : `${place}/${RULE_FOLDER}`);
}

function isBelowFlat(folder: string, folders: ReadonlySet<string>): boolean {
  const end = `${OWN_FOLDER}/${RULE_FOLDER}`;
  if (folder === end) return folders.has('');
  return folder.endsWith(`/${end}`) && folders.has(folder.slice(0, -end.length - 1));
}
