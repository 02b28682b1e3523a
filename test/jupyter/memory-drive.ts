import type { Page } from 'playwright-core';

export interface DriveOptions {
  /** Every folder tells that it cannot be written to. */
  readonly readOnly?: boolean;
  /** Files of JSON are handed out as values, other text as text, and no sizes are told, as a browser's own drive does. */
  readonly values?: boolean;
  /** Milliseconds before each answer. */
  readonly delay?: number;
  /** Saving the file of this name fails. */
  readonly failsToSave?: string;
}

/** Registers a drive in the lab that keeps its files in the page: texts by path, UTF-8. */
export async function addDrive(
  page: Page,
  name: string,
  files: Record<string, string>,
  options: DriveOptions = {},
): Promise<void> {
  await page.evaluate(
    ([driveName, content, { readOnly = false, values = false, delay = 0, failsToSave }]) => {
      const kept = new Map(Object.entries(content));
      const folders = new Set<string>();
      const models = (path: string) => {
        const base = path === '' ? '' : `${path}/`;
        const all = [...kept.keys(), ...folders].filter((one) => one.startsWith(base)).map((one) => one.slice(base.length));
        return [...new Set(all.map((one) => one.split('/')[0] ?? ''))].filter(Boolean).map((one) => modelOf(base + one));
      };
      const modelOf = (path: string) => {
        const text = kept.get(path);
        const common = {
          name: path.split('/').at(-1),
          path,
          created: '',
          last_modified: '',
          mimetype: null,
          content: null,
          format: null,
        };
        if (text === undefined) return { ...common, type: 'directory', writable: !readOnly };
        const size = values ? {} : { size: new TextEncoder().encode(text).length };
        return { ...common, ...size, type: path.endsWith('.ipynb') ? 'notebook' : 'file', writable: true };
      };
      const base64 = (text: string) =>
        btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
      const contentOf = (path: string, text: string, format: string | undefined) => {
        const json = path.endsWith('.ipynb') ? format === undefined || values : values && path.endsWith('.json');
        if (json) return { content: JSON.parse(text), format: 'json' };
        return values || format !== 'base64' ? { content: text, format: 'text' } : { content: base64(text), format };
      };
      const drive = {
        name: driveName,
        serverSettings: {},
        fileChanged: { connect: () => true, disconnect: () => true },
        async get(path: string, { format }: { format?: string } = {}) {
          await new Promise((resolve) => setTimeout(resolve, delay));
          const text = kept.get(path);
          const model = modelOf(path);
          if (text !== undefined) return { ...model, ...contentOf(path, text, format) };
          const content = models(path);
          if (content.length === 0 && !folders.has(path) && path !== '') throw new Error(`no such key: ${path}`);
          return { ...model, content, format: 'json' };
        },
        async save(path: string, { content: text }: { content: string }) {
          if (path.endsWith(failsToSave ?? '\0')) throw new Error('AccessDenied: s3:PutObject');
          kept.set(path, text);
          return modelOf(path);
        },
        async newUntitled({ path }: { path: string }) {
          folders.add(`${path && `${path}/`}Untitled Folder`);
          return modelOf(`${path && `${path}/`}Untitled Folder`);
        },
        async rename(from: string, to: string) {
          folders.delete(from);
          folders.add(to);
          return modelOf(to);
        },
        listCheckpoints: async () => [],
        createCheckpoint: async () => ({ id: '1', last_modified: '' }),
        files: kept,
        dispose: () => {},
      };
      const lab = window as unknown as {
        jupyterapp: { serviceManager: { contents: { addDrive(drive: unknown): void } } };
        drives?: Record<string, typeof drive>;
      };
      lab.drives = { ...lab.drives, [driveName]: drive };
      lab.jupyterapp.serviceManager.contents.addDrive(drive);
    },
    [name, files, options] as const,
  );
}

/** What a drive of `addDrive` holds now. */
export function filesOf(page: Page, name: string): Promise<Record<string, string>> {
  return page.evaluate((driveName) => {
    const { drives } = window as unknown as { drives: Record<string, { files: Map<string, string> }> };
    return Object.fromEntries(drives[driveName]?.files ?? []);
  }, name);
}
