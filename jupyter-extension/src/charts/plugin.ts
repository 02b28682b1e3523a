import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { PACKAGE } from '../ids.ts';
import { PLOTLY_MIME } from './mime.ts';
import { ChartOutput } from './output.ts';

/**
 * Draws the charts of notebooks, also where the notebook is not trusted and no Python package for plotly is installed. Where one is, its own
 * renderer draws: registered before, it is left in place; registered later, it takes the place of this one.
 */
export const charts: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:charts`,
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [IThemeManager],
  activate: (_app, registry: IRenderMimeRegistry, themes: IThemeManager | null) => {
    if (registry.getFactory(PLOTLY_MIME)) return;
    registry.addFactory({
      safe: true,
      mimeTypes: [PLOTLY_MIME],
      defaultRank: 0,
      createRenderer: (options) => new ChartOutput(registry.clone(options as Parameters<typeof registry.clone>[0]), themes),
    });
  },
};
