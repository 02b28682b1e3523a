import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { list, visibleName } from '../../../src/model/text.ts';
import type { Conflict, OutputPlan } from '../../../src/output/plan.ts';
import { below, shown } from '../contents/paths.ts';
import type { Work } from './work.ts';

/** Where the report goes. */
export interface Settled {
  readonly place: string;
  readonly plan: OutputPlan;
}

const FOLDER = 'profiler-report';

/**
 * What to write where. Where that would lose or spoil something the person is asked; undefined where the person would rather not.
 * @param names what lies at the wanted place.
 */
export async function settle(work: Work, wanted: string, names: readonly string[]): Promise<Settled | undefined> {
  const plan = await work.plan(wanted);
  if (plan.conflicts.length === 0) return { place: wanted, plan };
  const answer = await ask(wanted, plan.conflicts);
  if (answer === 'replace') return { place: wanted, plan };
  if (answer === 'cancel') return undefined;
  const place = below(wanted, freeName(names));
  return { place, plan: await work.plan(place) };
}

/** `profiler-report`, or the first of `profiler-report-2` and so on that is free. */
export function freeName(names: readonly string[]): string {
  const candidates = [FOLDER, ...names.map((_, i) => `${FOLDER}-${i + 2}`)];
  return candidates.find((name) => !names.includes(name)) ?? FOLDER;
}

/** One line each, for a list. */
export function conflictText(conflict: Conflict): string {
  const names = list(conflict.paths, 12);
  const several = conflict.paths.length > 1;
  switch (conflict.kind) {
    case 'not ours':
      return `${names}: not made by profiler-report`;
    case 'other job':
      return `${names}: of another job (${visibleName(conflict.source)})`;
    case 'rule files differ':
      return `${names}: ${several ? 'they differ' : 'it differs'} from those of this run, edited or of another job`;
    case 'rule files would be shown':
      return `${names}: not of this run, and the notebook would show ${several ? 'them' : 'it'}; move ${several ? 'them' : 'it'} away first`;
  }
}

async function ask(place: string, conflicts: readonly Conflict[]): Promise<'replace' | 'folder' | 'cancel'> {
  const answers = {
    cancel: Dialog.cancelButton(),
    folder: Dialog.okButton({ label: 'Write to a new folder' }),
    replace: Dialog.warnButton({ label: 'Replace' }),
  };
  const stays = conflicts.some(({ kind }) => kind === 'rule files would be shown');
  const buttons = [answers.cancel, ...(stays ? [] : [answers.replace]), answers.folder];
  const { button } = await showDialog({
    title: `Replace files in ${shown(place)}?`,
    body: body(conflicts),
    buttons,
    defaultButton: buttons.length - 1,
  });
  if (button.label === answers.replace.label) return 'replace';
  return button.label === answers.folder.label ? 'folder' : 'cancel';
}

function body(conflicts: readonly Conflict[]): Widget {
  const node = document.createElement('div');
  node.className = 'profiler-report-conflicts';
  const said = document.createElement('p');
  said.textContent = 'The report would replace files that may be worth keeping:';
  const lines = document.createElement('ul');
  lines.append(
    ...conflicts.map((conflict) => Object.assign(document.createElement('li'), { textContent: conflictText(conflict) })),
  );
  node.append(said, lines);
  return new Widget({ node });
}
