import { afterAll, beforeAll, describe } from 'vitest';
import { newFolder } from '../cli/command.ts';
import { hasPostgres, type Postgres, startPostgres } from '../postgres.ts';

/** One kind of database, as `--database` names it. */
export interface Databases {
  /** A new, empty one. */
  fresh(): Promise<string>;
  /** The server, where it is one. */
  readonly server: Postgres | undefined;
}

/** The same tests on SQLite and on a real PostgreSQL, which are skipped where it is not installed. */
export function onEachDatabase(name: string, tests: (databases: Databases) => void): void {
  describe(`${name} (SQLite)`, () => tests({ fresh: async () => `${newFolder()}/usage.db`, server: undefined }));

  describe.skipIf(!hasPostgres)(`${name} (PostgreSQL)`, () => {
    let server: Postgres;
    let made = 0;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
    tests({
      fresh: () => server.database(`usage${made++}`),
      get server() {
        return server;
      },
    });
  });
}
