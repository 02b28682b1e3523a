import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PACKAGE } from '../ids.ts';

/** Makes a report of a folder in the file browser. */
export const generate: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:generate`,
  autoStart: true,
  activate: () => {},
};
