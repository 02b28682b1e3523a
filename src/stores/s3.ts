import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { UsageError } from '../model/errors.ts';
import { entryLimit, isSkippedFolder, MAX_ENTRIES } from '../model/listing.ts';
import type { OutputFile, Store, StoreEntry } from '../model/store.ts';
import { awsError, isNotFound } from './aws-errors.ts';
import { type AwsOptions, clientConfig, endpointOf } from './aws-options.ts';
import { parseS3Location } from './s3-location.ts';

/** Reads under way at once: enough to hide the way to S3, few enough to stay below its rate per prefix. */
const MAX_READS = 16;

/** The SDK repeats a request, not a body that broke off half way. */
const BODY_ATTEMPTS = 3;

/** What stands with an object and stays when only its bytes are replaced. */
const KEPT = [
  ...(['ContentType', 'ContentLanguage', 'ContentDisposition', 'CacheControl', 'Metadata'] as const),
  ...(['StorageClass', 'ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled', 'WebsiteRedirectLocation'] as const),
] as const;

/** The objects below `s3://bucket/prefix`, with the credentials and settings every AWS tool on this machine uses. */
export function s3Store(location: string, options: AwsOptions & { readonly maxEntries?: number } = {}): Store {
  const { bucket, prefix } = parseS3Location(location);
  const root = `s3://${bucket}${prefix && `/${prefix}`}`;
  const base = prefix === '' ? '' : `${prefix}/`;
  const client = new S3Client({
    ...clientConfig(options),
    forcePathStyle: endpointOf(options, 'S3') !== undefined,
    followRegionRedirects: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const limit = pLimit(MAX_READS);

  async function get(path: string): Promise<Uint8Array | undefined> {
    for (let attempt = 1; ; attempt++) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: base + path }));
      try {
        return await Body?.transformToByteArray();
      } catch (error) {
        if (attempt === BODY_ATTEMPTS) throw error;
      }
    }
  }

  async function* list(): AsyncGenerator<StoreEntry> {
    const countEntry = entryLimit(root, options.maxEntries ?? MAX_ENTRIES);
    let found = false;
    try {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: base })) {
        for (const { Key = '', Size = 0 } of page.Contents ?? []) {
          countEntry();
          found = true;
          const path = Key.slice(base.length);
          const folders = path.split('/').slice(0, -1);
          if (path !== '' && !path.endsWith('/') && !folders.some(isSkippedFolder)) yield { path, bytes: Size };
        }
      }
    } catch (error) {
      throw awsError(error, { action: 's3:ListBucket', verb: 'list', resource: root });
    }
    if (!found) throw new UsageError(`nothing lies under ${root}/: check bucket and prefix (\`aws s3 ls ${root}/\`).`);
  }

  async function headersOf(place: { readonly Bucket: string; readonly Key: string }): Promise<Partial<PutObjectCommandInput>> {
    const head = await client.send(new HeadObjectCommand(place));
    return Object.fromEntries(KEPT.map((name) => [name, head[name]]));
  }

  async function put({ path, bytes, contentType }: OutputFile): Promise<void> {
    const place = { Bucket: bucket, Key: base + path };
    try {
      const kept = contentType === undefined ? await headersOf(place) : { ContentType: contentType };
      await client.send(new PutObjectCommand({ ...kept, ...place, Body: bytes }));
    } catch (error) {
      throw awsError(error, { action: 's3:PutObject', verb: 'write', resource: `${root}/${path}` });
    }
  }

  return {
    location: root,
    list,
    async read(path) {
      try {
        return (await limit(() => get(path))) ?? new Uint8Array();
      } catch (error) {
        throw awsError(error, { action: 's3:GetObject', verb: 'read', resource: `${root}/${path}` });
      }
    },
    async readIfPresent(path) {
      try {
        return await limit(() => get(path));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw awsError(error, { action: 's3:GetObject', verb: 'read', resource: `${root}/${path}` });
      }
    },
    /** Some pieces may have been used when the way to S3 breaks, so that nothing is read a second time: the caller hears of it. */
    async *readChunks(path) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: base + path }));
        if (Body) yield* Body as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw awsError(error, { action: 's3:GetObject', verb: 'read', resource: `${root}/${path}` });
      }
    },
    /** Each put is whole or not there at all; they go in the given order, so that what points at others comes last. */
    async writeAll(files) {
      for (const file of files) await put(file);
    },
    /** In parts that S3 joins at the end. */
    async writeChunks(path, chunks, contentType) {
      const { Upload } = await import('@aws-sdk/lib-storage');
      const { Readable } = await import('node:stream');
      const params = { Bucket: bucket, Key: base + path, Body: Readable.from(chunks), ContentType: contentType };
      try {
        await new Upload({ client, params }).done();
      } catch (error) {
        throw awsError(error, { action: 's3:PutObject', verb: 'write', resource: `${root}/${path}` });
      }
    },
  };
}
