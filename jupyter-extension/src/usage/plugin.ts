import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { COMMANDS, PACKAGE } from '../ids.ts';
import { IUsage } from './token.ts';
import { Usage } from './usage.ts';

/** Settings and consent; its id is that of the settings, which notebooks read too. */
export const usage: JupyterFrontEndPlugin<IUsage> = {
  id: `${PACKAGE}:plugin`,
  description: 'Usage statistics: the settings, the decision, the question.',
  autoStart: true,
  requires: [ISettingRegistry],
  optional: [ICommandPalette],
  provides: IUsage,
  activate: async (app: JupyterFrontEnd, registry: ISettingRegistry, palette: ICommandPalette | null) => {
    const usage = new Usage(registry);
    app.commands.addCommand(COMMANDS.decision, {
      label: 'Usage statistics: show the decision',
      caption: 'Whether anybody is told that reports are opened, and why',
      execute: async () => (await import('./decision-dialog.ts')).showDecision(usage, app),
    });
    palette?.addItem({ command: COMMANDS.decision, category: 'Profiling report' });
    // Another tab may have kept an answer meanwhile.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void usage.refresh();
    });
    await usage.load();
    // A window beside this one is told at once. What changed there is read from the server; where nothing did, nothing is told back.
    const windows = new BroadcastChannel(`${PACKAGE}:plugin`);
    windows.onmessage = () => void usage.refresh();
    usage.changed.connect(() => windows.postMessage(undefined));
    return usage;
  },
};
