import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { COMMANDS, PACKAGE } from '../ids.ts';
import { IUsage } from '../usage/token.ts';
import { NotebookToggle } from './notebook-toggle.ts';

/** The switch in the toolbar of profiling-report notebooks. */
export const toggle: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:toggle`,
  autoStart: true,
  requires: [IUsage, IToolbarWidgetRegistry, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    { commands, serviceManager, shell }: JupyterFrontEnd,
    usage: IUsage,
    toolbars: IToolbarWidgetRegistry,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null,
  ) => {
    const toggles = new WeakMap<NotebookPanel, NotebookToggle>();
    /** The notebook in front; the tracker keeps the last one while another document is. */
    const inFront = () => (notebooks.currentWidget === shell.currentWidget ? notebooks.currentWidget : null);
    const current = () => {
      const panel = inFront();
      return panel ? toggles.get(panel) : undefined;
    };
    const shown = () => current()?.widget.shown;
    const changed = () => commands.notifyCommandChanged(COMMANDS.toggle);

    toolbars.addFactory<NotebookPanel>('Notebook', 'profiler-report-usage', (panel) => {
      const made = new NotebookToggle(panel, usage, serviceManager.contents, changed);
      toggles.set(panel, made);
      return made.widget;
    });

    commands.addCommand(COMMANDS.toggle, {
      label: 'Usage statistics of this report',
      caption: () => shown()?.reason ?? '',
      isVisible: () => shown() !== undefined,
      isEnabled: () => shown()?.can ?? false,
      isToggleable: true,
      isToggled: () => shown()?.on ?? false,
      execute: () => current()?.flip(),
    });
    notebooks.currentChanged.connect(changed);
    shell.currentChanged?.connect(changed);
    usage.addInFront(() => {
      const [panel, subject] = [inFront(), shown()?.subject];
      return panel && subject ? { ...subject, name: PathExt.basename(panel.context.path) } : undefined;
    });
    palette?.addItem({ command: COMMANDS.toggle, category: 'Profiling report' });
  },
};
