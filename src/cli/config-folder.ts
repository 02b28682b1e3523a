import { readFile } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { fileError, isMissing } from '../stores/file-errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the user's own files are; undefined where the environment names no whole path. The notebook looks in the same places. */
export function userFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  const below = places(env, platform);
  return platform === 'win32'
    ? below('APPDATA', 'profiler-report')
    : (below('XDG_CONFIG_HOME', 'profiler-report') ?? below('HOME', '.config', 'profiler-report'));
}

/** Files in which JupyterLab may keep what the user set in its extension of ours. */
export interface LabSettingsFiles {
  /** Those it uses in this environment; none where that cannot be known. */
  readonly used: readonly string[];
  /** Those it would use in another one: a server and its kernels need not have the same. */
  readonly others: readonly string[];
}

/** What an environment variable may say without being set for Jupyter. */
const UNSET = ['n', 'no', 'false', 'off', '0', '0.0'];

/** As jupyter_core and JupyterLab choose among their folders. The notebook looks in the same places. */
export function labSettingsFiles(env: Env, platform: NodeJS.Platform = process.platform): LabSettingsFiles {
  const below = places(env, platform);
  const file = ['profiler-report-jupyterlab', 'plugin.jupyterlab-settings'];
  const configured = (variable: string, ...folder: string[]) => below(variable, ...folder, 'lab', 'user-settings', ...file);
  const windows = platform === 'win32';
  const settings = [below('JUPYTERLAB_SETTINGS_DIR', ...file)];
  const config = [configured('JUPYTER_CONFIG_DIR')];
  const usual = [configured(windows ? 'USERPROFILE' : 'HOME', '.jupyter')];
  const ofPlatform = windows
    ? [configured('LOCALAPPDATA', 'Jupyter')]
    : [
        configured('XDG_CONFIG_HOME', 'jupyter') ?? configured('HOME', '.config', 'jupyter'),
        configured('HOME', 'Library', 'Application Support', 'Jupyter'),
      ];
  const isPlatforms = !UNSET.includes((env.JUPYTER_PLATFORM_DIRS ?? 'no').trim().toLowerCase());
  const inUse = env.JUPYTERLAB_SETTINGS_DIR ? settings : env.JUPYTER_CONFIG_DIR ? config : isPlatforms ? ofPlatform : usual;
  const used = inUse.filter((path) => path !== undefined);
  const all = [...settings, ...config, ...usual, ...ofPlatform].filter((path) => path !== undefined);
  return { used, others: [...new Set(all)].filter((path) => !used.includes(path)) };
}

/** Where an administrator puts what holds for everybody on the machine. */
export function administratorFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? win32.join(env.PROGRAMDATA || 'C:\\ProgramData', 'profiler-report') : '/etc/profiler-report';
}

/** A file of these folders; undefined where there is none. Rejects with a UsageError where it cannot be read. */
export async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error) => {
    if (isMissing(error)) return undefined;
    throw fileError(error, 'read', path);
  });
}

function places(env: Env, platform: NodeJS.Platform): (variable: string, ...parts: string[]) => string | undefined {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  return (variable, ...parts) => {
    const base = env[variable];
    return base !== undefined && isAbsolute(base) ? join(base, ...parts) : undefined;
  };
}
