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

/** Where JupyterLab keeps what the user set in its extension of ours; undefined as above. */
export function labSettingsFile(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  const below = places(env, platform);
  const file = ['profiler-report-jupyterlab', 'plugin.jupyterlab-settings'];
  return (
    below('JUPYTERLAB_SETTINGS_DIR', ...file) ??
    below('JUPYTER_CONFIG_DIR', 'lab', 'user-settings', ...file) ??
    below(platform === 'win32' ? 'USERPROFILE' : 'HOME', '.jupyter', 'lab', 'user-settings', ...file)
  );
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
