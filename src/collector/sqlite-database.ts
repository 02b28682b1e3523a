import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { UsageError } from '../model/errors.ts';
import { sqliteReason } from './sqlite-errors.ts';

/** Told by SQLite's own header, so that no other program's file is taken for ours: "prus". */
const APPLICATION_ID = 0x70727573;
const VERSION = 1;

const SCHEMA = `
  CREATE TABLE opens (
    arn TEXT NOT NULL, day TEXT NOT NULL, artifact_id TEXT NOT NULL, opens INTEGER NOT NULL,
    PRIMARY KEY (arn, day, artifact_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE logged (request_id TEXT NOT NULL PRIMARY KEY, day TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};`;

/** How long to wait for another process that writes, for example an import. */
const BUSY_MILLISECONDS = 5_000;

/** The database in a file, made where it is missing. Throws a UsageError where it cannot be had or is not of this version. */
export function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    makeForOwner(path);
    db = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS });
    prepare(db, path);
    return db;
  } catch (error) {
    db?.close();
    const reason = sqliteReason(error);
    throw reason === undefined ? error : new UsageError(`cannot use the database ${path}: ${reason}`, { cause: error });
  }
}

/** SQLite would let everybody read a new file. What it puts beside has the mode of the file; one that exists keeps its own. */
function makeForOwner(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // SQLite tells what is wrong.
  }
}

function prepare(db: DatabaseSync, path: string): void {
  const number = (sql: string) => Number(Object.values(db.prepare(sql).get() ?? {})[0]);
  db.exec('BEGIN IMMEDIATE');
  const isEmpty = number('SELECT COUNT(*) FROM sqlite_schema') === 0;
  if (!isEmpty && number('PRAGMA application_id') !== APPLICATION_ID) {
    throw new UsageError(`${path} is a database of another program: name another file with --database.`);
  }
  const version = number('PRAGMA user_version');
  if (version > VERSION) {
    throw new UsageError(
      `the database ${path} was made by a newer profiler-report: use that, or name another file with --database.`,
    );
  }
  if (isEmpty) db.exec(SCHEMA);
  db.exec('COMMIT');
  // FULL waits for the disk after each transaction; with WAL, SQLite's lesser default would only do so now and then.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // What is deleted is overwritten.
  db.exec('PRAGMA secure_delete = ON');
}
