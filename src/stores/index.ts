import { UsageError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import type { AwsOptions } from './aws-options.ts';
import { type LocalOptions, localStore } from './local.ts';
import { isS3Location } from './s3-location.ts';

export type StoreOptions = AwsOptions & LocalOptions;

/** The store at a folder or `s3://bucket/prefix`. S3 code is loaded only here, when S3 is asked for: it takes longer than a whole report. */
export async function openStore(location: string, options: StoreOptions = {}): Promise<Store> {
  if (location === '') throw new UsageError('the location is empty: name a folder or s3://bucket/prefix.');
  if (/^(?!s3:)[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new UsageError(`${location} is neither a folder nor s3://bucket/prefix: copy it to one of them.`);
  }
  if (!isS3Location(location)) return localStore(location, options);
  const { s3Store } = await import('./s3.ts');
  return s3Store(location, options);
}
