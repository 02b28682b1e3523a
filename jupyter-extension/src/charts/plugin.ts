import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PACKAGE } from '../ids.ts';

/** Draws the charts of notebooks. */
export const charts: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:charts`,
  autoStart: true,
  activate: () => {},
};
