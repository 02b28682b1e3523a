import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { HTMLViewer, IHTMLViewerTracker } from '@jupyterlab/htmlviewer';
import { kindOfPage } from '../../../src/opt-out/kind.ts';
import { namesPicture } from '../../../src/opt-out/picture.ts';

/** The name of JupyterLab's own viewer. */
const HTML_VIEWER = 'HTML Viewer';

/** A report under another name opens in the stock viewer: unless somebody asked for that one, it is opened in ours instead. */
export function takeReports(
  { commands }: JupyterFrontEnd,
  documents: IDocumentManager,
  tracker: IHTMLViewerTracker,
  ours: string,
): void {
  /** Paths for which the stock viewer is named: by Open With, or by the layout that is restored. */
  const named = new Set<string>();
  commands.commandExecuted.connect((_, { id, args: { factory, path } }) => {
    if (id !== 'docmanager:open' || factory !== HTML_VIEWER || typeof path !== 'string') return;
    if (!documents.findWidget(path, HTML_VIEWER)) named.add(path);
  });
  const take = async (viewer: HTMLViewer) => {
    const { context } = viewer;
    if (named.delete(context.path)) return;
    await context.ready;
    // Before the stock viewer draws: it would load what the page names.
    if (viewer.isDisposed || !isReport(context.model.toString())) return;
    documents.open(context.path, ours, undefined, { ref: viewer.id, mode: 'tab-after' });
    viewer.dispose();
  };
  tracker.widgetAdded.connect((_, viewer) => void take(viewer));
}

/** Less than `kindOfPage` takes for the service's: pages about its reports stay where they were. */
function isReport(text: string): boolean {
  return kindOfPage(text) === 'own' || namesPicture(text) || text.includes('setup_profiler_report');
}
