import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { UsageError } from '../../../src/model/errors.ts';
import { contentsStore } from '../contents/contents-store.ts';
import { below, shown } from '../contents/paths.ts';
import type { IUsage } from '../usage/token.ts';
import { ProgressNote, tellFailure } from './notes.ts';
import { openPage, openReport } from './open.ts';
import { placeFor } from './place.ts';
import { settle } from './settle.ts';
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
  if (lab.running.has(source)) {
    tellFailure(new UsageError(`A report of ${shown(source)} is being made already: wait for it, or cancel it first.`));
    return undefined;
  }
  lab.running.add(source);
  const cancelled = new AbortController();
  const note = new ProgressNote(source, () => cancelled.abort());
  try {
    return await run(lab, source, cancelled.signal, note);
  } catch (error) {
    note.dismiss();
    if (!cancelled.signal.aborted) tellFailure(error);
    return undefined;
  } finally {
    lab.running.delete(source);
  }
}

async function run(lab: Lab, source: string, signal: AbortSignal, note: ProgressNote): Promise<Generated | undefined> {
  const { contents } = lab.app.serviceManager;
  const work = startWork(lab.startWorker(), (root) => contentsStore(contents, root, { signal }), signal, note.show);
  try {
    const wanted = placeFor(source, await namesIn(lab, source));
    const summary = await work.make(source, usageOf(lab.usage.settings));
    const settled = await settle(work, wanted, await namesIn(lab, wanted));
    if (!settled) return note.dismiss();
    const { place, plan } = settled;
    const files = [...plan.rules, ...plan.others];
    note.show({ kind: 'writing', files: files.length });
    const written = await writeReport(contents, place, files, signal, (path) => revert(lab, path));
    const [html, notebook] = [below(place, 'profiler-report.html'), below(place, 'profiler-report.ipynb')];
    await openReport(lab, html, notebook);
    note.finish(summary, [
      { label: 'Open report', callback: () => void openPage(lab, html) },
      { label: 'Open notebook', callback: () => void lab.app.commands.execute('docmanager:open', { path: notebook }) },
    ]);
    return { html, notebook, written };
  } finally {
    work.end();
  }
}

async function namesIn({ app }: Lab, folder: string): Promise<string[]> {
  const { content } = await app.serviceManager.contents.get(folder, { content: true });
  return ((content ?? []) as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** What is open already shows what was written. */
async function revert({ app, documents }: Lab, path: string): Promise<void> {
  const contexts = [...app.shell.widgets('main')].map((widget) => documents.contextForWidget(widget));
  for (const context of new Set(contexts)) if (context?.path === path) await context.revert();
}
