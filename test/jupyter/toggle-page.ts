import type { Locator, Page } from 'playwright-core';

interface Cell {
  trusted: boolean;
  sharedModel: {
    source: string;
    cell_type: string;
    undo(): void;
    redo(): void;
    setSource(source: string): void;
    toJSON(): unknown;
  };
}
interface NotebookWidget {
  id: string;
  context: { path: string; ready: Promise<void>; save(): Promise<void>; revert(): Promise<void> };
  content: { model: { cells: { length: number; get(index: number): Cell } }; activeCellIndex: number };
}
interface Jupyter {
  jupyterapp: {
    commands: { execute(id: string, args: unknown): Promise<NotebookWidget> };
    shell: { widgets(area: string): Iterable<NotebookWidget> };
  };
}

/** A notebook open in the lab, with its switch. */
export interface OpenNotebook {
  readonly panel: Locator;
  readonly toggle: Locator;
  /** What a screen reader says of it: state and description. */
  state(): Promise<{ checked: string | null; disabled: string | null; reason: string }>;
  /** Waits until the switch shows that. */
  shows(checked: boolean, reason: RegExp): Promise<void>;
  /** Does something with its model, in the page; `index` is that of the one cell with the call. */
  call<T>(what: 'undo' | 'redo' | 'save' | 'revert' | 'cells' | 'source' | 'trusted' | { source: string }): Promise<T>;
}

/** Opens a notebook, or with `docmanager:clone` another view of the one in front; `mode` says where. */
export async function openNotebook(
  page: Page,
  path: string,
  mode = 'tab-after',
  command = 'docmanager:open',
): Promise<OpenNotebook> {
  const id = await page.evaluate(
    async ([path, mode, command]) => {
      const { jupyterapp } = window as unknown as Jupyter;
      const views = () => [...jupyterapp.shell.widgets('main')].filter(({ context }) => context?.path === path);
      const before = views();
      await jupyterapp.commands.execute(command, { path, options: { mode } });
      const opened = views().find((view) => !before.includes(view)) ?? before[0];
      await opened?.context.ready;
      return opened?.id ?? '';
    },
    [path, mode, command] as const,
  );
  return notebookOf(page, id);
}

/** The notebook that the page itself opened. */
export async function openedNotebook(page: Page): Promise<OpenNotebook> {
  const panel = page.locator('.jp-NotebookPanel:visible').first();
  await panel.waitFor();
  return notebookOf(page, (await panel.getAttribute('id')) ?? '');
}

function notebookOf(page: Page, id: string): OpenNotebook {
  const panel = page.locator(`[id="${id}"]`);
  const toggle = panel.getByRole('switch', { name: 'Usage statistics' });
  const state = async () => ({
    checked: await toggle.getAttribute('aria-checked'),
    disabled: await toggle.getAttribute('aria-disabled'),
    reason: (await panel.locator('.profiler-report-toggle > span').textContent()) ?? '',
  });
  return {
    panel,
    toggle,
    state,
    async shows(checked, reason) {
      await panel.locator('.profiler-report-toggle > span', { hasText: reason }).waitFor({ state: 'attached' });
      const { checked: now, reason: told } = await state();
      if (now !== String(checked)) throw new Error(`aria-checked is ${now}: ${told}`);
    },
    call: <T>(what: unknown) =>
      page.evaluate(
        async ([id, what]) => {
          const { jupyterapp } = window as unknown as Jupyter;
          const widget = [...jupyterapp.shell.widgets('main')].find((one) => one.id === id);
          if (!widget) throw new Error(`no notebook ${id}`);
          const { context, content } = widget;
          const { cells } = content.model;
          const all = Array.from({ length: cells.length }, (_, i) => cells.get(i));
          const shared = all.findLast(({ sharedModel }) => /^setup_profiler_report\(/m.test(sharedModel.source))?.sharedModel;
          if (what === 'save') return context.save();
          if (what === 'revert') return context.revert();
          if (what === 'cells') return all.map(({ sharedModel }) => sharedModel.toJSON());
          if (what === 'trusted') return all.map(({ trusted }) => trusted);
          if (what === 'source') return shared?.source;
          if (what === 'undo') return shared?.undo();
          if (what === 'redo') return shared?.redo();
          return shared?.setSource((what as { source: string }).source);
        },
        [id, what] as const,
      ) as Promise<T>,
  };
}

/** Answers the dialog that stands there and gives back what it said. */
export async function answer(page: Page, label: string | RegExp): Promise<string> {
  const dialog = page.locator('.jp-Dialog');
  await dialog.waitFor();
  const text = (await dialog.locator('.jp-Dialog-content').textContent()) ?? '';
  await dialog.getByRole('button', { name: label }).click();
  await dialog.waitFor({ state: 'detached' });
  return text;
}

/** Starts a command that ends when its dialog does. */
export async function startCommand(page: Page, id: string): Promise<void> {
  await page.evaluate((id) => void (window as unknown as Jupyter).jupyterapp.commands.execute(id, {}), id);
}
