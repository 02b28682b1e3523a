import type { Page } from 'playwright-core';

/** Opens a file of the lab, in the viewer that is its own or in the one named. */
export async function openDocument(page: Page, path: string, factory?: string): Promise<void> {
  await page.evaluate(
    async (args) => {
      const { commands } = (
        window as unknown as { jupyterapp: { commands: { execute(id: string, args: unknown): Promise<unknown> } } }
      ).jupyterapp;
      await commands.execute('docmanager:open', args);
    },
    { path, ...(factory ? { factory } : {}) },
  );
}

/** What the lab has kept of its layout, which it does a while after a change. */
export function layout(page: Page): Promise<string> {
  return page.evaluate(async () => (await fetch('/lab/api/workspaces/default')).text());
}
