import { UsageError } from '../model/errors.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import type { Ledger, LoggedOpen } from './ledger.ts';
import { type LogLine, readLogLine } from './s3-log.ts';

/** Objects read at once, in all at most so many bytes unless one alone is larger: S3 writes many small ones. */
const BATCH_OBJECTS = 16;
const BATCH_BYTES = 2 ** 26;
/** Largest object read: it is held in memory as a whole. S3 writes logs of some megabytes. */
const MOST_BYTES = 2 ** 30;
/** Longest line read; the longest request that S3 takes is a fraction of it. */
const LINE_BYTES = 2 ** 16;
/** Opens given to the ledger at once. */
const OPENS = 1000;
/** Lines told in full. */
const MOST_PROBLEMS = 5;

/** How many of what a log holds; every line that is not empty is counted once. */
export interface LogImport {
  objects: number;
  /** Objects that are gzip, and therefore no logs of S3. */
  compressed: number;
  /** Opens that were not counted before, and ones that were. */
  added: number;
  known: number;
  /** Opens from before the time to import. */
  old: number;
  other: number;
  refused: number;
  damaged: number;
  /** Where the first objects and lines not read stand, and why. */
  readonly problems: string[];
}

/** What to import: opens of this time, milliseconds since the epoch; one from later is damaged. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Counts the opens told by the S3 server access logs below a place, each request once, however often it is told or imported. What was
 * counted when it fails stays counted; the next run goes on from there. Rejects with a UsageError where an object cannot be read.
 */
export async function importLogs(store: Store, ledger: Ledger, span: Span): Promise<LogImport> {
  const counts = { objects: 0, compressed: 0, added: 0, known: 0, old: 0, other: 0, refused: 0, damaged: 0 };
  const counted: LogImport = { ...counts, problems: [] };
  let opens: LoggedOpen[] = [];
  const flush = async () => {
    const added = await ledger.addLogged(opens);
    counted.added += added;
    counted.known += opens.length - added;
    opens = [];
  };
  for await (const { path, bytes } of contents(store)) {
    counted.objects++;
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      counted.compressed++;
      tell(counted, path, 'compressed, as no S3 server access log is: unpack it if it holds some');
      continue;
    }
    for (const { number, text } of linesOf(bytes)) {
      const read = inTime(readLogLine(text), span);
      if (read.kind === 'open') {
        if (opens.push(read.open) === OPENS) await flush();
        continue;
      }
      counted[read.kind]++;
      if ('problem' in read) tell(counted, `${path}:${number}`, read.problem);
    }
  }
  await flush();
  return counted;
}

function tell({ problems }: LogImport, where: string, problem: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push(`${where}: ${problem}`);
}

function inTime(read: LogLine, { from, to }: Span): LogLine | { readonly kind: 'old' } {
  if (read.kind !== 'open') return read;
  if (read.open.receivedAt > to) return { kind: 'damaged', problem: 'its time lies in the future' };
  return read.open.receivedAt < from ? { kind: 'old' } : read;
}

async function* contents(store: Store): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
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
function* linesOf(bytes: Uint8Array): Generator<{ number: number; text: string }> {
  const decoder = new TextDecoder();
  for (let from = 0, number = 1; from < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    const text = to - from > LINE_BYTES ? '…' : decoder.decode(bytes.subarray(from, to)).trimEnd();
    if (text !== '') yield { number, text };
    from = to + 1;
  }
}
