import type { Contents } from '@jupyterlab/services';
import { RULE_FOLDER, ruleFolders } from '../../../src/formats/rule-folder.ts';
import { isSkippedFolder } from '../../../src/model/listing.ts';
import { nameOf } from '../contents/paths.ts';

/** A folder that holds a report, or rule files that one can be made of. */
export interface Place {
  /** Path of the lab. */
  readonly folder: string;
  readonly html?: Contents.IModel;
  readonly notebook?: Contents.IModel;
  readonly json?: Contents.IModel;
  /** The folder of the rule files. */
  readonly rules?: Contents.IModel;
}

const FILES = { html: 'profiler-report.html', notebook: 'profiler-report.ipynb', json: 'profiler-report.json' } as const;

/** Folders below which there is raw data and nothing else: one for every hour of a job. */
const RAW = new Set(['incremental', 'pevents']);

/** What a listed folder says: the report in it, and the folders to look at next. */
export function readListing(folder: Contents.IModel): { readonly place?: Place; readonly below: readonly Contents.IModel[] } {
  const entries: readonly Contents.IModel[] = Array.isArray(folder.content) ? folder.content : [];
  const file = (name: string) => entries.find((entry) => entry.type !== 'directory' && entry.name === name);
  const folders = entries.filter(({ type }) => type === 'directory');
  const names = entries.filter(({ type }) => type !== 'directory').map(({ name }) => ({ path: name, bytes: 0 }));
  const rules = folders.find(({ name }) => name === RULE_FOLDER) ?? (ruleFolders(names).length > 0 ? folder : undefined);
  const found = {
    ...Object.fromEntries(Object.entries(FILES).flatMap(([key, name]) => [[key, file(name)] as const].filter(([, one]) => one))),
    ...(rules ? { rules } : {}),
  };
  const below = folders.filter(
    ({ name }) => name !== RULE_FOLDER && !RAW.has(name) && name !== '__pycache__' && !isSkippedFolder(name),
  );
  return { below, ...(Object.keys(found).length > 0 ? { place: { folder: folder.path, ...found } } : {}) };
}

/** When it was made: the newest of its files tells. */
export function madeAt({ html, notebook, json, rules }: Place): string | undefined {
  const files = [html, notebook, json].filter((file) => file !== undefined);
  const times = (files.length > 0 ? files : [rules]).map((file) => file?.last_modified ?? '');
  return times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) || undefined;
}

/** Differs once any of its files has changed. */
export function stateOf({ html, notebook, json, rules }: Place): string {
  return [html, notebook, json, rules].map((file) => `${file?.path} ${file?.last_modified} ${file?.size}`).join();
}

/** Whether a change of this file may change what is shown. */
export function concerns(path: string | undefined, root: string): boolean {
  if (path === undefined || !(root === '' || path === root || path.startsWith(root.endsWith(':') ? root : `${root}/`)))
    return false;
  const name = nameOf(path);
  return Object.values<string>(FILES).includes(name) || path.split('/').includes(RULE_FOLDER) || !name.includes('.');
}
