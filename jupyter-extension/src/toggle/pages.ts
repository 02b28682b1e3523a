import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import { type OptOut, optOut } from '../../../src/opt-out/opt-out.ts';
import { readBytes } from '../contents/bytes.ts';

/** Offers to take the beacon out of the report's pages beside its notebook, too; they are left alone otherwise. */
export async function offerPages(contents: Contents.IManager, notebook: string): Promise<void> {
  for (const path of await pagesBeside(contents, notebook)) {
    try {
      const bytes = await readBytes(contents, path);
      const result = optOut(path, bytes);
      if (result && (result.changes.length === 0 || (await isWanted(path, result)))) await takeOut(contents, path, result);
    } catch (error) {
      Notification.error(`${PathExt.basename(path)} could not be changed: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Of the same name, or of the name all reports have. */
async function pagesBeside(contents: Contents.IManager, notebook: string): Promise<string[]> {
  const stem = PathExt.basename(notebook, PathExt.extname(notebook));
  const local = PathExt.dirname(contents.localPath(notebook));
  const drive = contents.driveName(notebook);
  const folder = drive ? `${drive}:${local}` : local;
  const { content } = await contents.get(folder, { type: 'directory', content: true });
  return (content as Contents.IModel[])
    .filter(({ name, type }) => type !== 'directory' && [`${stem}.html`, 'profiler-report.html'].includes(name))
    .map(({ path }) => (drive && !path.startsWith(`${drive}:`) ? `${drive}:${path}` : path));
}

async function isWanted(path: string, { changes }: OptOut): Promise<boolean> {
  const body = `${PathExt.basename(path)} beside it can still tell of an opening. Take that out of it, too? (${changes.join('; ')})`;
  const buttons = [Dialog.cancelButton({ label: 'Leave it' }), Dialog.okButton({ label: 'Take it out' })];
  return (await showDialog({ title: 'Usage statistics', body, buttons })).button.accept;
}

async function takeOut(contents: Contents.IManager, path: string, { bytes, changes, left }: OptOut): Promise<void> {
  if (changes.length > 0) {
    const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    await contents.save(path, { type: 'file', format: 'base64', content });
  }
  for (const clause of left) Notification.warning(`${PathExt.basename(path)}: ${clause}`, { autoClose: false });
}
