import type { Contents } from '@jupyterlab/services';
import { below, nameOf, parentOf } from '../contents/paths.ts';

/** The notebook that was made with a report: of the same name, or of the usual one. */
export async function notebookBeside(contents: Contents.IManager, path: string): Promise<string | undefined> {
  const folder = parentOf(path);
  const names = [nameOf(path).replace(/\.html?$/i, '.ipynb'), 'profiler-report.ipynb'];
  const listed = await contents.get(folder, { type: 'directory', content: true }).catch(() => undefined);
  const there = ((listed?.content ?? []) as readonly Contents.IModel[]).map(({ name }) => name);
  const name = names.find((wanted) => there.includes(wanted));
  return name && below(folder, name);
}
