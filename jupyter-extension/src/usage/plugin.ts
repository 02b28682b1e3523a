import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { PACKAGE } from '../ids.ts';
import { IUsage } from './token.ts';
import { Usage } from './usage.ts';

/** Settings and consent; its id is that of the settings, which notebooks read too. */
export const usage: JupyterFrontEndPlugin<IUsage> = {
  id: `${PACKAGE}:plugin`,
  autoStart: true,
  requires: [ISettingRegistry],
  provides: IUsage,
  activate: async (_app, registry: ISettingRegistry) => new Usage(await registry.load(`${PACKAGE}:plugin`)),
};
