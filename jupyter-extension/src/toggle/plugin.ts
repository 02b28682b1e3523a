import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PACKAGE } from '../ids.ts';

/** The switch in the toolbar of profiling-report notebooks. */
export const toggle: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:toggle`,
  autoStart: true,
  activate: () => {},
};
