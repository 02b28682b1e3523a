import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { IUsage } from '../usage/token.ts';
import type { Reading } from './reading.ts';
import type { SharedCell } from './report-code.ts';

/**
 * Switches the usage statistics of a notebook over. Off happens at once; on is a consent, so it is asked for first. `read` gives what
 * the notebook says at the moment.
 */
export async function flip(
  path: string,
  contents: Contents.IManager,
  usage: IUsage,
  read: () => Promise<Reading | undefined>,
): Promise<void> {
  const before = await read();
  if (!before?.shown.can) return;
  if (before.shown.on) {
    write(before, 'True');
    const { offerPages } = await import('./pages.ts');
    // The switch is free meanwhile.
    void offerPages(contents, path);
    return;
  }
  const { question } = before.shown;
  if (!question) return;
  const answer = await usage.ask({ ...question, name: PathExt.basename(path) }, ['always', 'never', 'later']);
  // The notebook may have changed while the question stood there; the answer is to what was shown.
  const now = await read();
  if (answer === 'always' && now?.shown.can && now.shown.question?.url === question.url) write(now, 'False');
}

/** One edit in the history of the cell; nothing where the call says so already. */
function write({ cells, state }: Reading, value: 'True' | 'False'): void {
  if (state.kind !== 'ours' && state.kind !== 'service') return;
  if (state.optOut === (value === 'True')) return;
  const cell: (SharedCell & Undoing) | undefined = cells[state.cell];
  const { start, end, text } = state.give(value);
  // What is typed right before or after would be undone with it.
  cell?.undoManager?.stopCapturing();
  cell?.transact(() => cell.updateSource(start, end, text));
  cell?.undoManager?.stopCapturing();
}

/** What the interface of cells leaves out. */
interface Undoing {
  readonly undoManager?: { stopCapturing(): void } | null;
}
