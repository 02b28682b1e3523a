import type { JupyterFrontEnd } from '@jupyterlab/application';
import { NotebookPanel } from '@jupyterlab/notebook';
import { COMMANDS } from '../ids.ts';
import type { Actions } from './item.ts';

const SETTLE_MILLISECONDS = 150;

/** What the list's buttons do, by commands of the lab. `failed` is told of what did not work. */
export function actionsOf(commands: JupyterFrontEnd['commands'], failed: (error: unknown) => void): Actions {
  const openFile = (path: string) => commands.execute('docmanager:open', { path });
  const openNotebook: Actions['openNotebook'] = ({ notebook }, section) => {
    if (!notebook) return;
    openFile(notebook.path)
      .then((widget) =>
        section !== undefined && widget instanceof NotebookPanel ? showCell(widget, `${section}-text`) : undefined,
      )
      .catch(failed);
  };
  return {
    openNotebook,
    open(place, verdicts, section) {
      const { html } = place;
      if (!html || (section !== undefined && place.notebook && !verdicts?.isOurs)) return openNotebook(place, section);
      // The service's html has no sections that could be named.
      const ours = verdicts?.isOurs && commands.hasCommand(COMMANDS.open);
      const opened = ours
        ? commands.execute(COMMANDS.open, { path: html.path, ...(section === undefined ? {} : { section }) })
        : openFile(html.path);
      opened.catch(failed);
    },
    ...(commands.hasCommand(COMMANDS.generate)
      ? {
          generate: (place) => {
            commands.execute(COMMANDS.generate, { path: place.folder }).catch(failed);
          },
        }
      : {}),
  };
}

async function showCell(panel: NotebookPanel, id: string): Promise<void> {
  await panel.revealed;
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(({ model }) => model.id === id);
  if (index < 0) return;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, 'start');
  // The cells above take their heights as they are drawn, and push it away.
  for (let i = 0; i < 5; i++) {
    await new Promise((done) => setTimeout(done, SETTLE_MILLISECONDS));
    notebook.widgets[index]?.node.scrollIntoView({ block: 'start' });
  }
}
