import { COMMANDS } from '../ids.ts';
import type { Lab } from './generate.ts';

/** The page in front, the notebook in a tab behind it. Notebook 7 has a browser tab for each, so there the page alone. */
export async function openReport({ app }: Lab, html: string, notebook: string): Promise<void> {
  const { commands } = app;
  if (app.name !== 'Jupyter Notebook')
    await commands.execute('docmanager:open', { path: notebook, options: { activate: false } });
  await openPage({ app }, html);
}

export async function openPage({ app: { commands } }: Pick<Lab, 'app'>, html: string): Promise<void> {
  await commands.execute(commands.hasCommand(COMMANDS.open) ? COMMANDS.open : 'docmanager:open', { path: html });
}
