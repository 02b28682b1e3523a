import { posix, win32 } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the user's own files are; undefined where the environment names no home. The notebook looks in the same places. */
export function userFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const within = (base: string | undefined, ...rest: string[]) =>
    base !== undefined && isAbsolute(base) ? join(base, ...rest, 'profiler-report') : undefined;
  return platform === 'win32' ? within(env.APPDATA) : (within(env.XDG_CONFIG_HOME) ?? within(env.HOME, '.config'));
}

/** Where an administrator puts what holds for everybody on the machine. */
export function administratorFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? win32.join(env.PROGRAMDATA || 'C:\\ProgramData', 'profiler-report') : '/etc/profiler-report';
}
