import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PACKAGE } from '../ids.ts';

/** Shows the one-file report. */
export const viewer: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:viewer`,
  autoStart: true,
  activate: () => {},
};
