import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../browser.ts';

const root = resolve(import.meta.dirname, '../..');
/** JupyterLab 4.2 takes minutes to end while kernels run; these see that it is gone, and end too. */
const SHUTDOWN_MILLISECONDS = 20_000;
const EXTENSION = 'profiler-report-jupyterlab';

/** Which Jupyter is started: the newest JupyterLab, the oldest one that is supported, or Notebook 7. */
export type Flavour = 'lab' | 'lab42' | 'notebook';

const VENV: Readonly<Record<Flavour, string>> = { lab: '.venv-lab', lab42: '.venv-lab42', notebook: '.venv-lab' };

/** False where the Python packages of the tests are not installed, or the extension was not built. */
export const hasLab = existsSync(join(root, '.venv-lab/bin/jupyter')) && existsSync(join(root, 'jupyter-extension/labextension'));

export interface LabOptions {
  readonly flavour?: Flavour;
  /** Texts and bytes by path, below what the server serves. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Folders of this machine by the name they get there. */
  readonly folders?: Readonly<Record<string, string>>;
  /** What the viewer's settings of the extension hold. */
  readonly settings?: unknown;
  /** What an administrator's overrides.json says of the extension. */
  readonly overrides?: unknown;
  /** Where the extension comes from: the built folder, or what is installed in the environment. */
  readonly extension?: 'built' | 'installed';
  /** A Python environment other than the flavour's own. */
  readonly environment?: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** A running server with folders of its own, and a browser. */
export interface Lab {
  readonly url: string;
  /** What the server serves. */
  readonly root: string;
  /** The folder of the viewer's settings of the extension. */
  readonly settingsFolder: string;
  /** Every address that any page of this lab asked for, data and blobs left out. */
  readonly requests: string[];
  /** Every warning and error in the console of any page. */
  readonly complaints: string[];
  /** A new page, once the lab in it has started. `path` is below the server's address: `lab`, `lab/tree/a.ipynb`, `tree`. */
  open(path?: string, context?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Starts Jupyter and a browser; whoever starts it closes it, also where a test fails. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const { flavour = 'lab', extension = 'built' } = options;
  const home = await mkdtemp(join(tmpdir(), 'profiler-report-lab-'));
  const served = join(home, 'served');
  const settingsFolder = join(home, 'config/lab/user-settings', EXTENSION);
  await place(home, served, settingsFolder, options, extension);

  const server = startServer(home, served, flavour, options);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    if (server.exitCode === null && server.kill()) await Promise.race([once(server, 'exit'), sleep(SHUTDOWN_MILLISECONDS)]);
    if (server.exitCode === null && server.signalCode === null && server.kill('SIGKILL')) await once(server, 'exit');
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const url = await addressOf(join(home, 'runtime'), server);
    browser = await launchChromium();
    const requests: string[] = [];
    const complaints: string[] = [];
    const chromium = browser;
    const open = async (path = flavour === 'notebook' ? 'tree' : 'lab', context: BrowserContextOptions = {}) => {
      const own = await chromium.newContext({ viewport: { width: 1440, height: 900 }, ...context });
      own.on('request', (request) => /^(data|blob):/.test(request.url()) || requests.push(request.url()));
      own.on('console', (message) => /^(warning|error)$/.test(message.type()) && complaints.push(message.text()));
      own.on('weberror', (error) => complaints.push(String(error.error())));
      return goTo(await own.newPage(), `${url}${path}`);
    };
    return { url, root: served, settingsFolder, requests, complaints, open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Another window of the same browser. */
export async function openBeside(page: Page): Promise<Page> {
  return goTo(await page.context().newPage(), page.url());
}

async function goTo(page: Page, address: string): Promise<Page> {
  await page.goto(address);
  // A second window goes on to a workspace of its own while it starts: what waits must outlive the page it began on.
  await page.waitForFunction(() =>
    (window as unknown as { jupyterapp?: { restored: Promise<void> } }).jupyterapp?.restored.then(() => true),
  );
  return page;
}

/** The plugins of the extension, by their ids, sorted. */
export const PLUGINS = ['charts', 'generate', 'panel', 'plugin', 'toggle', 'viewer'].map((name) => `${EXTENSION}:${name}`);

/** Those of them that run in a page. */
export function activePlugins(page: Page): Promise<string[]> {
  return page.evaluate((plugins) => {
    const { jupyterapp } = window as unknown as { jupyterapp: { isPluginActivated(id: string): boolean } };
    return plugins.filter((id) => jupyterapp.isPluginActivated(id));
  }, PLUGINS);
}

/** Runs a command of the lab; what it returns has to be plain data. */
export function execute<T>(page: Page, id: string, args: object = {}): Promise<T> {
  return page.evaluate(
    ([command, given]) => {
      const { commands } = (window as unknown as { jupyterapp: { commands: { execute(id: string, args: unknown): Promise<T> } } })
        .jupyterapp;
      return commands.execute(command as string, given);
    },
    [id, args],
  );
}

async function place(
  home: string,
  served: string,
  settingsFolder: string,
  { files = {}, folders = {}, settings, overrides }: LabOptions,
  extension: 'built' | 'installed',
): Promise<void> {
  const data = join(home, 'data');
  for (const folder of [served, settingsFolder, join(home, 'runtime'), join(data, 'labextensions')])
    await mkdir(folder, { recursive: true });
  if (extension === 'built') {
    await symlink(join(root, 'jupyter-extension/labextension'), join(data, 'labextensions', EXTENSION));
  }
  for (const [name, folder] of Object.entries(folders)) await cp(folder, join(served, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(served, path)), { recursive: true });
    await writeFile(join(served, path), content);
  }
  if (settings !== undefined) await writeFile(join(settingsFolder, 'plugin.jupyterlab-settings'), JSON.stringify(settings));
  if (overrides !== undefined) {
    const administrators = join(home, 'app-settings');
    await mkdir(administrators);
    await writeFile(join(administrators, 'overrides.json'), JSON.stringify({ [`${EXTENSION}:plugin`]: overrides }));
  }
}

function startServer(
  home: string,
  served: string,
  flavour: Flavour,
  { args = [], env = {}, overrides, environment = join(root, VENV[flavour]) }: LabOptions,
): ChildProcess {
  const module = flavour === 'notebook' ? 'notebook' : 'jupyterlab';
  const application = flavour === 'notebook' ? 'JupyterNotebookApp' : 'LabApp';
  const own = { HOME: home, JUPYTER_CONFIG_DIR: 'config', JUPYTER_DATA_DIR: 'data', JUPYTER_RUNTIME_DIR: 'runtime' };
  return spawn(
    join(environment, 'bin/python'),
    [
      '-I',
      '-m',
      module,
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1', // no name to be looked up
      '--ServerApp.port=0',
      '--ServerApp.jpserver_extensions=jupyter_lsp=False', // asks npm for its folder at each start
      `--${application}.expose_app_in_browser=True`,
      '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate', // the server would ask the package index
      ...(overrides === undefined ? [] : [`--${application}.app_settings_dir=${join(home, 'app-settings')}`]),
      `--ServerApp.root_dir=${served}`,
      '--IdentityProvider.token=',
      ...args,
    ],
    {
      env: {
        ...process.env,
        ...Object.fromEntries(Object.entries(own).map(([name, folder]) => [name, resolve(home, folder)])),
        ...env,
      },
      stdio: 'ignore',
    },
  );
}

/** The server writes down where it listens. */
async function addressOf(runtime: string, server: ChildProcess): Promise<string> {
  for (let i = 0; i < 300 && server.exitCode === null; i++) {
    const name = (await readdir(runtime)).find((entry) => /^jpserver-\d+\.json$/.test(entry));
    const text = name ? await readFile(join(runtime, name), 'utf8') : '';
    if (text.endsWith('}')) return JSON.parse(text).url;
    await sleep(100);
  }
  throw new Error('Jupyter did not start');
}
