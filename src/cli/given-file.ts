import { stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../model/errors.ts';
import { isS3Location } from '../stores/s3-location.ts';

/** A string of JavaScript holds no more. */
const MOST_BYTES = 2 ** 29 - 25;

/** What a shell hands over as a file: it is open already, and has an end. */
const HANDED_OVER = /^\/dev\/(stdin|fd\/\d+)$/;

/**
 * Throws a UsageError for what reading would never come to an end of, such as a pipe without a writer or a device, not even when asked to stop;
 * and for a file too large to be read as one. What is not there is left to who reads it.
 */
export async function checkRegular(path: string): Promise<void> {
  if (isS3Location(path) || HANDED_OVER.test(path)) return;
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return;
  if (!found.isFile()) throw new UsageError(`${path} is no regular file: write what is to be read into one.`);
  if (found.size > MOST_BYTES) throw new UsageError(`${path} is larger than 512 MB: fetch a shorter time, or read it in parts.`);
}

/** What a file holds that may be packed by gzip. Throws a UsageError where it is broken, or holds more than can be read. */
export function unpacked(path: string, bytes: Uint8Array, mostBytes: number = MOST_BYTES): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${path} holds more than 512 MB: fetch a shorter time.`);
    throw new UsageError(`${path} cannot be unpacked: it is cut off or was changed, fetch it again.`, { cause: error });
  }
}
