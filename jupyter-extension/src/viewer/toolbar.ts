import { showErrorMessage } from '@jupyterlab/apputils';
import { ToolbarButton } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { writeText } from '../contents/bytes.ts';
import { notebookBeside } from './beside.ts';
import type { Opening } from './opening.ts';
import type { PageRead } from './read.ts';
import type { Scripts } from './scripts.ts';
import { noteText, stateText } from './texts.ts';
import type { ReportWidget, Surroundings } from './widget.ts';

/** What the line is about. */
interface Shown {
  page(): PageRead;
  opening(): Opening | undefined;
  scripts(): Scripts;
  runScripts(): void;
}

/** The line over a report: what is told of its opening and why, and what can be done about it. */
export function reportToolbar(
  widget: ReportWidget,
  { contents, open }: Surroundings,
  { page, opening, scripts, runScripts }: Shown,
) {
  const { context, toolbar } = widget;
  const state = textWidget('profiler-report-state');
  state.node.setAttribute('role', 'status');
  const note = document.createElement('div');
  note.className = 'profiler-report-note';
  const answer = button('Answer…', 'Whether openings of this report may be told', () => void opening()?.ask());
  const takeOut = button('Take out of this file', 'Removes from the file all that could tell of its opening', () =>
    takeOutOf(widget, contents).catch((error) => showErrorMessage('Usage statistics stay in the file', error)),
  );
  const run = button(
    'Run its scripts',
    'For a file you trust: they cannot reach the lab or its files, but could tell somebody that this one is open',
    runScripts,
  );
  const notebook = button('Open notebook', 'The notebook beside this report', async () => {
    const path = await notebookBeside(contents, context.path);
    if (path) open(path);
  });
  toolbar.addItem('usage-statistics', state);
  toolbar.addItem('answer', answer);
  toolbar.addItem('take-out', takeOut);
  toolbar.addItem('run-scripts', run);
  toolbar.addItem('notebook', notebook);
  widget.content.node.prepend(note);

  const update = () => {
    const decision = opening()?.decision();
    state.node.textContent = stateText(page(), decision, opening()?.sent());
    state.node.title = state.node.textContent;
    answer.setHidden(decision?.source !== 'choice' && decision?.source !== 'no choice');
    takeOut.setHidden(!page().tells);
    run.setHidden(page().kind === undefined || page().known || scripts() === 'all');
    note.textContent = noteText(page(), scripts());
    note.hidden = note.textContent === '';
    void notebookBeside(contents, context.path).then((path) => notebook.setHidden(path === undefined));
  };
  return { update };
}

function textWidget(name: string): Widget {
  const widget = new Widget();
  widget.addClass(name);
  return widget;
}

function button(label: string, tooltip: string, onClick: () => void): ToolbarButton {
  const made = new ToolbarButton({ label, tooltip, onClick });
  made.hide();
  return made;
}

/** The file as it is, without what could tell; the viewer shows the new one when it is written. */
async function takeOutOf({ context }: ReportWidget, contents: Surroundings['contents']): Promise<void> {
  const { optOut } = await import('../../../src/opt-out/opt-out.ts');
  const { readBytes } = await import('../contents/bytes.ts');
  const bytes = await readBytes(contents, context.path);
  const done = optOut('report.html', bytes);
  if (done && done.changes.length > 0) {
    await writeText(contents, context.path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(done.bytes));
  }
  if (done && done.left.length > 0) throw new Error(done.left.join('; '));
}
