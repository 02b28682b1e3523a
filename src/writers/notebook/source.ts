import { notebookSources } from '../../generated/notebook.ts';

/** Whether a cell of this name is written. */
export function hasSource(name: string): boolean {
  return name in notebookSources;
}

/** Python source of a cell, from templates/notebook. */
export function source(name: string): string {
  const text = notebookSources[name];
  if (text === undefined) throw new Error(`templates/notebook/${name}.py is missing`);
  return text;
}
