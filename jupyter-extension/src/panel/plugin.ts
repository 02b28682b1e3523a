import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { showErrorMessage } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { PACKAGE } from '../ids.ts';
import { ReportsPanel } from './widget.ts';

/** Lists the reports below the current folder. Where there is no file browser, as beside a single notebook, there is no list. */
export const panel: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:panel`,
  autoStart: true,
  optional: [IDefaultFileBrowser, ILayoutRestorer],
  activate: (app: JupyterFrontEnd, browser: IDefaultFileBrowser | null, restorer: ILayoutRestorer | null) => {
    if (!browser) return;
    const widget = new ReportsPanel(app, browser.model, (error) => void showErrorMessage('Profiling report', error as Error));
    app.shell.add(widget, 'left', { rank: 650, type: 'Profiling reports' });
    restorer?.add(widget, widget.id);
  },
};
