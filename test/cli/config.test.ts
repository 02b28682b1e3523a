import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/cli/config.ts';
import { administratorFolder, userFolder } from '../../src/cli/config-folder.ts';
import { newFolder } from './command.ts';

const PLACES = {
  project: 'profiler-report.config.json',
  user: 'home/.config/profiler-report/config.json',
  admin: 'etc/config.json',
};
type Files = Partial<Record<keyof typeof PLACES, unknown>>;

function written(files: Files): string {
  const root = newFolder();
  for (const [whose, content] of Object.entries(files)) {
    const path = join(root, PLACES[whose as keyof Files]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

const read = (root: string) => readConfig({ HOME: join(root, 'home') }, root, join(root, 'etc'));

describe('the config files', () => {
  test('say nothing where there are none, also without a home', async () => {
    expect(await read(written({}))).toEqual({});
    const root = newFolder();
    expect(await readConfig({}, root, root)).toEqual({});
  });

  test('give each setting from the project first, then the user, then the administrator', async () => {
    const admin = { beacon_endpoint: 'https://admin.example', beacon_arn: 'hashed' };
    const user = { beacon_endpoint: 'https://user.example/', beacon_arn: 'plain' };
    expect(await read(written({ admin }))).toEqual({ endpoint: 'https://admin.example/', arn: 'hashed' });
    expect(await read(written({ admin, user }))).toEqual({ endpoint: 'https://user.example/', arn: 'plain' });
    const project = { beacon_endpoint: 'https://project.example/' };
    expect(await read(written({ admin, user, project }))).toEqual({ endpoint: 'https://project.example/', arn: 'plain' });
  });

  test.each(['project', 'user', 'admin'] as const)(
    'opt out where the one of the %s does, whatever the others say',
    async (whose) => {
      const others = { project: {}, user: {}, admin: {} };
      for (const no of [true, 'True', 'true', 1, 'yes']) {
        for (const yes of [false, 'False', 0]) {
          const files = Object.fromEntries(
            Object.keys(others).map((name) => [name, { opt_out_telemetry: name === whose ? no : yes }]),
          );
          const root = written(files);
          expect(await read(root)).toEqual({ optOutBy: join(root, PLACES[whose]) });
        }
      }
      expect(await read(written({ [whose]: { opt_out_telemetry: 'False' } }))).toEqual({});
    },
  );

  test.each<[unknown, string]>([
    ['{"beacon_endpoint": ', 'is not JSON'],
    ['[]', 'must hold a JSON object'],
    ['null', 'must hold a JSON object'],
    ['7', 'must hold a JSON object'],
    [{ beacon_endpoint: 'stats.example.org' }, 'beacon_endpoint "stats.example.org" is not a URL'],
    [{ beacon_endpoint: 7 }, '"beacon_endpoint" must be a text'],
    [{ beacon_arn: 'sha' }, '"beacon_arn" must be "plain" or "hashed"'],
    [{ opt_out_telemetry: {} }, '"opt_out_telemetry" must be true or false'],
    [
      { opt_out_telemetry: true, optOut: true },
      '"optOut" is unknown: the keys are beacon_endpoint, beacon_arn and opt_out_telemetry',
    ],
  ])('are refused with one line: %j', async (content, line) => {
    for (const whose of ['project', 'user', 'admin'] as const) {
      const root = written({ [whose]: content });
      const error = await read(root).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ name: 'UsageError', message: expect.stringContaining(line) });
      expect((error as Error).message).toContain(join(root, PLACES[whose]));
    }
  });

  test('are not read past: a folder in the place of one is told', async () => {
    const root = newFolder();
    mkdirSync(join(root, PLACES.project));
    await expect(read(root)).rejects.toThrow('it is a folder, not a file');
  });
});

describe('the folders', () => {
  test.each<[Record<string, string>, NodeJS.Platform, string | undefined]>([
    [{ HOME: '/home/x', XDG_CONFIG_HOME: '/cfg' }, 'linux', '/cfg/profiler-report'],
    [{ HOME: '/home/x', XDG_CONFIG_HOME: 'cfg' }, 'linux', '/home/x/.config/profiler-report'],
    [{ HOME: '/home/x', XDG_CONFIG_HOME: '' }, 'darwin', '/home/x/.config/profiler-report'],
    [{ HOME: '' }, 'linux', undefined],
    [{}, 'linux', undefined],
    [{ APPDATA: 'C:\\Users\\x\\AppData\\Roaming', HOME: '/x' }, 'win32', 'C:\\Users\\x\\AppData\\Roaming\\profiler-report'],
    [{ HOME: '/x' }, 'win32', undefined],
  ])('of the user: %j on %s is %s', (env, platform, folder) => expect(userFolder(env, platform)).toBe(folder));

  test('of the administrator', () => {
    expect(administratorFolder({}, 'linux')).toBe('/etc/profiler-report');
    expect(administratorFolder({}, 'win32')).toBe('C:\\ProgramData\\profiler-report');
    expect(administratorFolder({ PROGRAMDATA: 'D:\\All' }, 'win32')).toBe('D:\\All\\profiler-report');
  });
});
