import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { UsageError } from '../../../src/model/errors.ts';
import { contentsStore } from '../contents/contents-store.ts';
import { below, shown } from '../contents/paths.ts';
import type { IUsage } from '../usage/token.ts';
import { ProgressNote, tellFailure, tellSuccess } from './notes.ts';
import { openPage, openReport } from './open.ts';
import { showAnew } from './open-files.ts';
import { settleFiles, settlePlace } from './settle.ts';
import { usageOf } from './usage-of.ts';
import { startWork } from './work.ts';
import { writeReport } from './write.ts';

export interface Lab {
  readonly app: JupyterFrontEnd;
  readonly documents: IDocumentManager;
  readonly usage: IUsage;
  readonly startWorker: () => Worker;
  /** Folders that a report is being written to. */
  readonly running: Set<string>;
}

/** What was written, as paths of the lab. */
export interface Generated {
  readonly html: string;
  readonly notebook: string;
  readonly written: readonly string[];
}

/**
 * Makes a report of the data in a folder, writes it beside the data and opens it. Whatever goes wrong is told to the person; then, and
 * where the person cancels, it resolves with undefined.
 */
export async function generateReport(lab: Lab, folder: string): Promise<Generated | undefined> {
  const source = lab.app.serviceManager.contents.normalize(folder).replace(/\/$/, '');
  const cancelled = new AbortController();
  try {
    const place = await settlePlace(lab, source);
    if (place === undefined) return undefined;
    if (lab.running.has(place))
      throw new UsageError(`A report is being written to ${shown(place)} already: wait for it or cancel it.`);
    const note = new ProgressNote(source, () => cancelled.abort());
    lab.running.add(place);
    try {
      return await run(lab, source, place, cancelled.signal, note);
    } finally {
      lab.running.delete(place);
      note.dismiss();
    }
  } catch (error) {
    if (!cancelled.signal.aborted) tellFailure(error);
    return undefined;
  }
}

async function run(
  lab: Lab,
  source: string,
  place: string,
  signal: AbortSignal,
  note: ProgressNote,
): Promise<Generated | undefined> {
  const { contents } = lab.app.serviceManager;
  const work = startWork(lab.startWorker(), (root) => contentsStore(contents, root, { signal }), signal, note.show);
  try {
    const summary = await work.make(source, usageOf(lab.usage.settings));
    const settled = await settleFiles(lab, work, place, () => note.show({ kind: 'asking' }));
    if (!settled) return undefined;
    const written = await writeReport(
      contents,
      settled.place,
      [...settled.plan.rules, ...settled.plan.others],
      async (path, done, files) => {
        note.show({ kind: 'writing', done, files });
        await showAnew(lab, path);
      },
    );
    const html = below(settled.place, 'profiler-report.html');
    const notebook = below(settled.place, 'profiler-report.ipynb');
    await openReport(lab, html, notebook);
    tellSuccess(source, summary, [
      { label: 'Open report', callback: () => void openPage(lab, html) },
      { label: 'Open notebook', callback: () => void lab.app.commands.execute('docmanager:open', { path: notebook }) },
    ]);
    return { html, notebook, written };
  } finally {
    work.end();
  }
}
