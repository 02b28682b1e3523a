import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PACKAGE } from '../ids.ts';

/** Lists the reports below the current folder. */
export const panel: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:panel`,
  autoStart: true,
  activate: () => {},
};
