import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { UsageError } from '../../../src/model/errors.ts';
import { contentsStore } from '../contents/contents-store.ts';
import { below, shown } from '../contents/paths.ts';
import type { IUsage } from '../usage/token.ts';
import { newWorker } from './new-worker.ts';
import { ProgressNote, tellFailure, tellSuccess } from './notes.ts';
import { openNotebook, openPage, openReport } from './open.ts';
import { showAnew } from './open-files.ts';
import { settleFiles, settlePlace } from './settle.ts';
import { usageOf } from './usage-of.ts';
import { startWork } from './work.ts';
import { writeReport } from './write.ts';

export interface Lab {
  readonly app: JupyterFrontEnd;
  readonly documents: IDocumentManager;
  readonly usage: IUsage;
  /** Folders that a report is being made of, or written to. */
  readonly running: Set<string>;
}

/** What was written, as paths of the lab. */
export interface Generated {
  readonly html: string;
  readonly written: readonly string[];
}

/**
 * Makes a report of the data in a folder, writes it beside the data and opens it. Whatever goes wrong is told to the person; then, and
 * where the person cancels, it resolves with undefined.
 */
export async function generateReport(lab: Lab, folder: string): Promise<Generated | undefined> {
  const source = lab.app.serviceManager.contents.normalize(folder).replace(/\/$/, '');
  const cancelled = new AbortController();
  const claimed = new Set<string>();
  const claim = (folder: string) => {
    if (claimed.has(folder)) return;
    if (lab.running.has(folder))
      throw new UsageError(`A report is being written to ${shown(folder)} already: wait for it or cancel it.`);
    claimed.add(folder);
    lab.running.add(folder);
  };
  try {
    claim(source);
    const note = new ProgressNote(source, () => cancelled.abort());
    try {
      return await run(lab, source, claim, cancelled.signal, note);
    } finally {
      note.dismiss();
    }
  } catch (error) {
    if (!cancelled.signal.aborted) tellFailure(error);
    return undefined;
  } finally {
    for (const folder of claimed) lab.running.delete(folder);
  }
}

async function run(
  lab: Lab,
  source: string,
  claim: (folder: string) => void,
  signal: AbortSignal,
  note: ProgressNote,
): Promise<Generated | undefined> {
  const { contents } = lab.app.serviceManager;
  const before = lab.app.shell.currentWidget;
  const work = startWork(await newWorker(), (root) => contentsStore(contents, root, { signal }), signal, note.show);
  try {
    const summary = await work.make(source, usageOf(lab.usage.settings));
    const onAsking = () => note.show({ kind: 'asking' });
    const place = await settlePlace(lab, summary.data, onAsking);
    const settled = place === undefined ? undefined : await settleFiles(lab, work, place, onAsking);
    if (!settled) return undefined;
    claim(settled.place);
    const files = [...settled.plan.rules, ...settled.plan.others];
    signal.throwIfAborted();
    note.show({ kind: 'writing', done: 0, files: files.length });
    const written = await writeReport(contents, settled, files, async (path, done) => {
      note.show({ kind: 'writing', done, files: files.length });
      await showAnew(lab, path);
    });
    const html = below(settled.place, 'profiler-report.html');
    const notebook = below(settled.place, 'profiler-report.ipynb');
    // Whoever has turned to something else since is not called away from it.
    const stayed = !before || before.isDisposed || lab.app.shell.currentWidget === before;
    if (stayed) await openReport(lab, html, notebook);
    tellSuccess(source, summary, stayed, [
      { label: 'Open report', callback: () => void openPage(lab, html) },
      { label: 'Open notebook', callback: () => void openNotebook(lab, notebook) },
    ]);
    return { html, written };
  } finally {
    work.end();
  }
}
