import { UsageError } from '../model/errors.ts';
import type { Store, StoreEntry } from '../model/store.ts';

/** Objects read at once, in all at most so many bytes unless one alone is larger: S3 writes many small ones. */
const BATCH_OBJECTS = 16;
const BATCH_BYTES = 2 ** 26;
/** Largest object read: it is held in memory as a whole. S3 writes logs of some megabytes. */
const MOST_BYTES = 2 ** 30;
/** Longest line read; the longest request that S3 takes is a fraction of it. */
const LINE_BYTES = 2 ** 16;

/** All objects of a place, some read ahead. Rejects with a UsageError where one is too large or cannot be read. */
export async function* readObjects(store: Store): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
  for await (const batch of batches(store)) {
    yield* await Promise.all(batch.map(async ({ path }) => ({ path, bytes: await store.read(path) })));
  }
}

async function* batches(store: Store): AsyncGenerator<StoreEntry[]> {
  let batch: StoreEntry[] = [];
  let size = 0;
  for await (const entry of store.list()) {
    if (entry.bytes > MOST_BYTES) {
      throw new UsageError(`${entry.path} in ${store.location} is larger than 1 GiB: split it at the ends of lines.`);
    }
    if (batch.length === BATCH_OBJECTS || (size > 0 && size + entry.bytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(entry);
    size += entry.bytes;
  }
  yield batch;
}

/** Lines that are not empty, numbered from 1; one that is too long is cut, and is then no line of a log. */
export function* linesOf(bytes: Uint8Array): Generator<{ number: number; text: string }> {
  const decoder = new TextDecoder();
  for (let from = 0, number = 1; from < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    const text = to - from > LINE_BYTES ? '…' : decoder.decode(bytes.subarray(from, to)).trimEnd();
    if (text !== '') yield { number, text };
    from = to + 1;
  }
}
