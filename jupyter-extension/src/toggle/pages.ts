import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import { visibleName } from '../../../src/model/text.ts';
import { type OptOut, optOut } from '../../../src/opt-out/opt-out.ts';
import { readBytes, writeText } from '../contents/bytes.ts';
import { readFailure, writeFailure } from '../contents/failures.ts';
import { below, nameOf, parentOf, shown } from '../contents/paths.ts';

interface ReportPage extends OptOut {
  readonly path: string;
}

/** Offers to take the beacon out of the report's pages beside its notebook, too; they are left alone otherwise. */
export async function offerPages(contents: Contents.IManager, notebook: string): Promise<void> {
  try {
    const pages = await pagesBeside(contents, notebook);
    const telling = pages.filter(({ changes }) => changes.length > 0);
    if (telling.length > 0 && !(await isWanted(telling))) return;
    for (const { path } of telling) await takeOut(contents, path);
    for (const { path, left } of pages) {
      for (const clause of left) Notification.warning(`${nameOf(path)}: ${clause}`, { autoClose: false });
    }
  } catch (error) {
    Notification.error(error instanceof Error ? error.message : String(error), { autoClose: false });
  }
}

/** Those of the notebook's name, or of the name that all reports have. */
async function pagesBeside(contents: Contents.IManager, notebook: string): Promise<ReportPage[]> {
  const folder = parentOf(notebook);
  const names = new Set([nameOf(notebook).replace(/\.ipynb$/i, '.html'), 'profiler-report.html']);
  const { content } = await contents.get(folder, { type: 'directory', content: true }).catch(cannotRead(folder));
  const paths = (content as Contents.IModel[]).filter(({ name }) => names.has(name)).map(({ name }) => below(folder, name));
  const pages = await Promise.all(paths.map((path) => readPage(contents, path)));
  return pages.filter((page) => page !== undefined);
}

async function readPage(contents: Contents.IManager, path: string): Promise<ReportPage | undefined> {
  const result = optOut(path, await readBytes(contents, path).catch(cannotRead(path)));
  return result && { ...result, path };
}

function cannotRead(path: string): (error: unknown) => never {
  return (error) => {
    throw readFailure(error, shown(path));
  };
}

async function isWanted(pages: readonly ReportPage[]): Promise<boolean> {
  const names = pages.map(({ path }) => visibleName(nameOf(path))).join(' and ');
  const { button } = await showDialog({
    title: 'Usage statistics',
    body: `The notebook tells nobody now. Beside it, ${names} can still ask or tell. Take that out as well?`,
    // A key that is still held down from the switch changes no file.
    defaultButton: 0,
    buttons: [Dialog.cancelButton({ label: 'Leave as it is' }), Dialog.okButton({ label: 'Take out' })],
  });
  return button.accept;
}

/** The page may have been written anew while the question stood there. */
async function takeOut(contents: Contents.IManager, path: string): Promise<void> {
  const { bytes, changes = [] } = (await readPage(contents, path)) ?? {};
  if (!bytes || changes.length === 0) return;
  try {
    await writeText(contents, path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw writeFailure(error, path);
  }
  Notification.success(`${nameOf(path)}: ${changes.join('; ')}.`, { autoClose: 5000 });
}
