import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { UsageError } from '../../../src/model/errors.ts';
import { plural } from '../../../src/model/text.ts';
import { type Progress, progressShare, progressText } from './progress.ts';
import type { Summary } from './protocol.ts';

/** The lab cuts longer texts of notifications off. */
const MAX_LENGTH = 140;
/** A notification that is drawn anew for every file would be most of the work. */
const EVERY_MILLISECONDS = 150;
/** Some are never drawn, as where somebody does not want to be disturbed. */
const DRAWING_TRIES = 40;
const TITLE = 'Profiling report';

/** The notification of one run, with a button that cancels it until the first file is written. */
export class ProgressNote {
  readonly #id: string;
  readonly #title: string;
  readonly #actions: Notification.IAction[];
  #shownAt = 0;

  constructor(source: string, cancel: () => void) {
    this.#title = titleOf(source);
    this.#actions = [{ label: 'Cancel', caption: 'Nothing is written', callback: cancel }];
    this.#id = Notification.emit(this.#title, 'in-progress', { autoClose: false, progress: 0, actions: this.#actions });
  }

  readonly show = (progress: Progress): void => {
    const now = performance.now();
    const last = progress.kind === 'read' && progress.done === progress.total;
    if (['found', 'read'].includes(progress.kind) && !last && now - this.#shownAt < EVERY_MILLISECONDS) return;
    this.#shownAt = now;
    const at = last ? ({ kind: 'judging' } as const) : progress;
    Notification.update({
      id: this.#id,
      message: `${this.#title}: ${progressText(at)}`,
      autoClose: false,
      progress: progressShare(at),
      actions: at.kind === 'writing' ? [] : this.#actions,
    });
  };

  /** The lab brings a notification back that is taken away before it is drawn, or while it is drawn anew. */
  dismiss(): void {
    let left = DRAWING_TRIES;
    const timer = setInterval(() => {
      if (--left > 0 && document.getElementById(this.#id) === null) return;
      clearInterval(timer);
      Notification.dismiss(this.#id);
    }, EVERY_MILLISECONDS);
  }
}

/** @param actions open what was written: once more, or where it was not opened. */
export function tellSuccess(
  source: string,
  { job, issues, problems, silent }: Summary,
  isOpen: boolean,
  actions: Notification.IAction[],
): void {
  const care = problems > 0 ? `; ${plural(problems, 'problem')} in the data, told in the report` : '';
  const message = `${titleOf(job ?? source)}: ${plural(issues, 'issue')}${care}.${silent ? ` No usage statistics: ${silent}.` : ''}`;
  Notification.emit(message, problems > 0 ? 'warning' : 'success', {
    autoClose: problems > 0 || !isOpen ? false : 8000,
    actions,
  });
}

/** Stays until it is dismissed; what is too long for a notification is one click away. */
export function tellFailure(error: unknown): void {
  const said = error instanceof Error ? error.message : String(error);
  const message =
    error instanceof UsageError ? said : `The report could not be made: ${said}. This is a defect of the extension.`;
  if (!(error instanceof UsageError)) console.error(error);
  const details = { label: 'Show all', callback: () => void tellAll(message) };
  Notification.error(cut(message, MAX_LENGTH), { autoClose: false, actions: message.length > MAX_LENGTH ? [details] : [] });
}

function tellAll(body: string): Promise<unknown> {
  return showDialog({ title: TITLE, body, buttons: [Dialog.okButton({ label: 'Close' })] });
}

function titleOf(name: string): string {
  return `${TITLE} of ${cut(name.replace(/:$/, '') || 'the top folder', 60)}`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
