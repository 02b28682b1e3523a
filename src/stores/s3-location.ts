import { UsageError } from '../model/errors.ts';

export interface S3Location {
  readonly bucket: string;
  /** Without slashes at either end; `''` for the whole bucket. */
  readonly prefix: string;
}

/** Old buckets in us-east-1 may hold capitals and underscores. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;
const ACCESS_POINT = /^arn:aws[a-z-]*:s3[a-z-]*:[a-z0-9-]*:\d{12}:accesspoint[/:][^/]+/;

export function isS3Location(location: string): boolean {
  return /^s3:/i.test(location);
}

/** Takes `s3://bucket/prefix` apart. Throws a UsageError where it is none. */
export function parseS3Location(location: string): S3Location {
  const rest = /^s3:\/\/(.+)$/is.exec(location)?.[1];
  const bucket = rest === undefined ? '' : (ACCESS_POINT.exec(rest)?.[0] ?? rest.split('/', 1)[0] ?? '');
  if (rest === undefined || !(BUCKET.test(bucket) || ACCESS_POINT.test(bucket))) {
    throw new UsageError(`${JSON.stringify(location)} is not an S3 location: write s3://bucket/prefix.`);
  }
  return { bucket, prefix: rest.slice(bucket.length).replace(/^\/+|\/+$/g, '') };
}
