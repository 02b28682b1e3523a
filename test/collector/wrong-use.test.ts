import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { asOrdinaryUser, command, newFolder, permissionsBind } from '../cli/command.ts';
import { freePort } from '../free-port.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

/** Exit code 2, nothing on standard output, and exactly this one line. */
async function refused(args: readonly string[], message: string, circumstances = {}): Promise<void> {
  const { code, stdout, stderr } = await command(['collect', ...args], circumstances);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `profiler-report: ${message}\n` });
}
const into = (database: string) => ['--port', '0', '--database', database];

describe('collect takes no', () => {
  test.each<[string, string[], string]>([
    ['missing port', ['--database', 'x'], "required option '--port <port>' not specified. See profiler-report --help."],
    ['missing database', ['--port', '0'], "required option '--database <database>' not specified. See profiler-report --help."],
    [
      'port beyond 65535',
      ['--port', '65536', '--database', 'x'],
      "option '--port <port>' argument '65536' is invalid. Write a whole number from 0 to 65535. See profiler-report --help.",
    ],
    [
      'half a day',
      [...into('x'), '--keep-days', '0.5'],
      "option '--keep-days <days>' argument '0.5' is invalid. Write a whole number from 1 to 36500. See profiler-report --help.",
    ],
    [
      'other kind of database',
      into('mysql://localhost/x'),
      '--database "mysql://localhost/x": name a file, or a URL that starts with postgres://.',
    ],
    ['empty name', into(''), '--database "": name a file, or a URL that starts with postgres://.'],
    [
      'token that can be guessed',
      [...into('x'), '--read-token', 'secret'],
      '--read-token is no token: use at least 16 letters, digits and . _ ~ + / -, and no spaces.',
    ],
  ])('%s', (_, args, message) => refused(args, message, { cwd: folder }));

  test('bad token from the environment', () =>
    refused(
      into('x'),
      'PROFILER_REPORT_READ_TOKEN is no token: use at least 16 letters, digits and . _ ~ + / -, and no spaces.',
      {
        cwd: folder,
        env: { PROFILER_REPORT_READ_TOKEN: 'with spaces, and long enough' },
      },
    ));
});

describe('collect says what is wrong with', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const args = ['--port', String(port), '--database', join(folder, 'x.db')];
    await refused(args, `cannot listen on 127.0.0.1:${port}: another program listens there. Stop it, or choose another --port.`);
    other.close();
  });

  test('an address of another machine', () =>
    refused(
      [...into(join(folder, 'x.db')), '--host', '192.0.2.1'],
      'cannot listen on 192.0.2.1:0: this machine does not have the address. Choose another --host.',
    ));

  test.each(['no/usage.db', '.'])('a file that cannot be opened: %s', (name) => {
    const path = join(folder, name);
    return refused(
      into(path),
      `cannot use the database ${path}: it cannot be opened. Check that its folder exists and that you may write there.`,
    );
  });

  test.skipIf(!permissionsBind)('a folder that may not be written to', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o555 });
    const closed = join(folder, 'closed', 'usage.db');
    await refused(
      into(closed),
      `cannot use the database ${closed}: it cannot be opened. Check that its folder exists and that you may write there.`,
      { through: asOrdinaryUser },
    );
  });

  test('a file that is no database', () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'Not a database, but long enough to be read as the header of one, and then some. '.repeat(20));
    return refused(
      into(path),
      `cannot use the database ${path}: it is not an SQLite database. Name another file with --database.`,
    );
  });

  test("another program's database, which stays as it is", async () => {
    const path = join(folder, 'other.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    await refused(into(path), `${path} is a database of another program: name another file with --database.`);
    expect(other.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'bookmarks' }]);
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    other.close();
  });

  test('a database of a newer version', async () => {
    const path = join(folder, 'usage.db');
    await command(['collect', ...into(path), '--host', '192.0.2.1']);
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 2');
    newer.close();
    await refused(
      into(path),
      `the database ${path} was made by a newer profiler-report: use that, or name another file with --database.`,
    );
  });

  const modes = ['', '?sslmode=require', '?sslmode=prefer', '?sslmode=verify-ca&application_name=x'];
  test.each(modes)('a PostgreSQL that is not there, without the password: %s', async (mode) => {
    const port = await freePort();
    await refused(
      into(`postgres://me:secret@127.0.0.1:${port}/usage${mode}`),
      `cannot use the database postgres://me@127.0.0.1:${port}/usage: nobody listens there. See that PostgreSQL runs, and check host and port.`,
    );
  });
});
