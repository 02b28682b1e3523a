import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { reportIcon } from '../icon.ts';
import { COMMANDS, PACKAGE } from '../ids.ts';
import { IUsage } from '../usage/token.ts';

/** Makes a report of a folder in the file browser. */
export const generate: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:generate`,
  autoStart: true,
  requires: [IDocumentManager, IUsage],
  optional: [IFileBrowserFactory, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    usage: IUsage,
    files: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
  ) => {
    const running = new Set<string>();

    /** The one folder that is selected, else the one that is shown. */
    function chosen(): string | undefined {
      const browser = files?.tracker.currentWidget;
      if (!browser) return undefined;
      const folders = [...browser.selectedItems()].filter(({ type }) => type === 'directory');
      return folders.length === 1 ? folders[0]?.path : browser.model.path;
    }
    const onItem = () => app.contextMenuHitTest((node) => node.classList.contains('jp-DirListing-item')) !== undefined;

    app.commands.addCommand(COMMANDS.generate, {
      label: 'Generate profiling report',
      icon: reportIcon,
      caption: 'Makes a report of the profiler output in this folder and opens it',
      // The empty area of the file browser lies around its items: its own entry stands for it alone.
      isVisible: ({ area }) => area !== true || !onItem(),
      isEnabled: ({ path }) => path !== undefined || chosen() !== undefined,
      execute: async ({ path, area }) => {
        const folder = path ?? (area === true ? files?.tracker.currentWidget?.model.path : chosen());
        if (typeof folder !== 'string') return undefined;
        const { generateReport } = await import('./generate.ts');
        return generateReport({ app, documents, usage, running }, folder);
      },
    });
    palette?.addItem({ command: COMMANDS.generate, category: 'Profiling report' });
  },
};
