import type { Contents } from '@jupyterlab/services';
import { UsageError } from '../../../src/model/errors.ts';
import type { OutputFile } from '../../../src/model/store.ts';
import { list } from '../../../src/model/text.ts';
import { contentsStore } from '../contents/contents-store.ts';
import { below, nameOf, parentOf, shown } from '../contents/paths.ts';

/** Writes the files in the given order. Rejects with a UsageError that says which of them were written by then. */
export async function writeReport(
  contents: Contents.IManager,
  { place, isNew }: { readonly place: string; readonly isNew: boolean },
  files: readonly OutputFile[],
  onWritten: (path: string, done: number) => Promise<void>,
): Promise<string[]> {
  const store = contentsStore(contents, place);
  const written: string[] = [];
  try {
    const folders = new Set(files.map(({ path }) => parentOf(below(place, path))));
    for (const folder of new Set([place, ...folders])) if (isNew || folder !== place) await makeFolder(contents, folder);
    for (const file of files) {
      await store.writeAll([file]);
      written.push(below(place, file.path));
      await onWritten(below(place, file.path), written.length);
    }
    return written;
  } catch (error) {
    if (!(error instanceof UsageError) || written.length === 0) throw error;
    throw new UsageError(`${error.message} Written before that: ${list(written.map(nameOf), 12)} in ${shown(place)}.`);
  }
}

/** As the file browser does it, which every drive knows. */
async function makeFolder(contents: Contents.IManager, path: string): Promise<void> {
  const parent = parentOf(path);
  if (parent === path) return;
  const { content } = await contents.get(parent, { content: true });
  if ((content as Contents.IModel[]).some(({ name }) => name === nameOf(path))) return;
  const { path: untitled } = await contents.newUntitled({ path: parent, type: 'directory' });
  await contents.rename(untitled, path);
}
