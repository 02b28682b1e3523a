import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { hasPostgres, type Postgres, startPostgres } from '../postgres.ts';

/** One kind of database, as `--database` names it. */
export interface Databases {
  /** A new, empty one. */
  fresh(): Promise<string>;
  /** Below it lies all that they have on disk. */
  readonly folder: string;
}

/** The same tests on SQLite and on a real PostgreSQL, which are skipped where it is not installed. */
export function onEachDatabase(name: string, tests: (databases: Databases) => void): void {
  let made = 0;

  describe(`${name} (SQLite)`, () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'profiler-report-usage-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    tests({
      fresh: async () => join(folder, `usage${made++}.db`),
      get folder() {
        return folder;
      },
    });
  });

  describe.skipIf(!hasPostgres)(`${name} (PostgreSQL)`, () => {
    let server: Postgres;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
    tests({
      fresh: () => server.database(`usage${made++}`),
      get folder() {
        return server.folder;
      },
    });
  });
}
