import { Dialog, showDialog } from '@jupyterlab/apputils';
import { FileDialog } from '@jupyterlab/filebrowser';
import { Widget } from '@lumino/widgets';
import { shown } from '../contents/paths.ts';
import { type Concern, concernText, mustGoElsewhere } from './conflicts.ts';
import type { Lab } from './generate.ts';

/** What to do about files that are there. Who closes the dialog would rather not go on. */
export async function askToReplace(place: string, concerns: readonly Concern[]): Promise<'replace' | 'new folder' | undefined> {
  const replace = Dialog.warnButton({ label: 'Replace' });
  const folder = Dialog.okButton({ label: 'Write to a new folder' });
  const buttons = [Dialog.cancelButton(), ...(mustGoElsewhere(concerns) ? [] : [replace]), folder];
  const { button } = await showDialog({
    title: 'Files that are there already',
    body: body(
      mustGoElsewhere(concerns)
        ? `The report cannot be written beside these files in ${shown(place)}:`
        : `The report would replace these files in ${shown(place)}:`,
      concerns.map(concernText),
    ),
    buttons,
    defaultButton: buttons.length - 1,
  });
  return button.label === replace.label ? 'replace' : button.label === folder.label ? 'new folder' : undefined;
}

/** Another folder for a report that cannot lie where it was wanted. */
export async function askForFolder({ documents }: Pick<Lab, 'documents'>, refused: string): Promise<string | undefined> {
  const { button } = await showDialog({
    title: 'The folder is read-only',
    body: body(`Nothing can be written to ${shown(refused)}. Change its permissions, or write the report to another folder.`),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: 'Choose a folder…' })],
  });
  if (!button.accept) return undefined;
  const { value } = await FileDialog.getExistingDirectory({ manager: documents, title: 'Write the report to' });
  return value?.[0]?.path;
}

function body(text: string, lines: readonly string[] = []): Widget {
  const node = document.createElement('div');
  node.className = 'profiler-report-asking';
  node.append(Object.assign(document.createElement('p'), { textContent: text }));
  if (lines.length > 0) {
    const items = lines.map((line) => Object.assign(document.createElement('li'), { textContent: line }));
    const all = document.createElement('ul');
    all.append(...items);
    node.append(all);
  }
  return new Widget({ node });
}
