import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import { isReportName } from '../opt-out/opt-out.ts';
import { openStore, type StoreOptions } from '../stores/index.ts';
import { isS3Location } from '../stores/s3-location.ts';

/** A file that may be a report. */
export interface ReportFile {
  readonly store: Store;
  readonly path: string;
  /** Absolute, or `s3://bucket/key`. */
  readonly location: string;
  /** By itself, in place of being found in a folder. */
  readonly named: boolean;
}

/** The file of that name, or every html and notebook below the folder or prefix. Throws a UsageError where there is neither. */
export async function* reportFiles(place: string, options: StoreOptions): AsyncGenerator<ReportFile> {
  const { folder, name } = await splitFile(place, options);
  const store = await openStore(folder, options);
  const file = (path: string) => ({ store, path, location: `${store.location}/${path}`, named: name !== undefined });
  if (name !== undefined) return yield file(name);
  for await (const { path } of store.list()) if (isReportName(path)) yield file(path);
}

/** The same for every name of one file: symbolic links lead to one place. */
export async function identityOf({ location }: ReportFile): Promise<string> {
  return isS3Location(location) ? location : realpath(location).catch(() => location);
}

/** A prefix of S3 may end like a file, so the bucket is asked. */
async function splitFile(place: string, options: StoreOptions): Promise<{ folder: string; name?: string }> {
  if (!isS3Location(place)) {
    const file = await stat(place).catch(() => undefined);
    if (file && !file.isFile() && !file.isDirectory())
      throw new UsageError(`${place} is neither a file nor a folder: name an html, a notebook or a folder of them.`);
    return file?.isFile() ? { folder: dirname(place), name: basename(place) } : { folder: place };
  }
  const [, folder, name] = /^(s3:\/\/.+)\/([^/]+)$/i.exec(place) ?? [];
  if (folder === undefined || name === undefined || !isReportName(name)) return { folder: place };
  const found = await (await openStore(folder, options)).readIfPresent(name);
  return found ? { folder, name } : { folder: place };
}
