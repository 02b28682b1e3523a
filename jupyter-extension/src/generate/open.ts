import { COMMANDS } from '../ids.ts';
import type { Lab } from './generate.ts';

/** One that cannot be shown is never told to be. */
const MOST_MILLISECONDS = 3000;

/**
 * The page in front of the notebook. Notebook 7 has a browser tab for each, so there the page alone. The notebook has to be shown before:
 * the lab takes one that was opened behind for the current one, and the keys of the notebook that the person works in do nothing.
 */
export async function openReport(lab: Pick<Lab, 'app'>, html: string, notebook: string): Promise<void> {
  if (lab.app.name !== 'Jupyter Notebook') {
    const widget: { revealed?: Promise<void> } | undefined = await openNotebook(lab, notebook);
    await Promise.race([widget?.revealed, new Promise((resolve) => setTimeout(resolve, MOST_MILLISECONDS))]);
  }
  await openPage(lab, html);
}

export async function openPage({ app: { commands } }: Pick<Lab, 'app'>, html: string): Promise<void> {
  await commands.execute(commands.hasCommand(COMMANDS.open) ? COMMANDS.open : 'docmanager:open', { path: html });
}

export function openNotebook({ app }: Pick<Lab, 'app'>, path: string) {
  return app.commands.execute('docmanager:open', { path });
}
