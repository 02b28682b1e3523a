import { UsageError } from '../model/errors.ts';
import type { Store, StoreEntry } from '../model/store.ts';

/** Takes files one after another, each piece by piece. */
export interface FileReader<File> {
  open(file: File): void;
  push(chunk: Uint8Array): void;
  close(): void;
}

/** Files whose reading has begun before their turn: enough to hide the way to S3. */
const AHEAD = 16;

/** Up to this size a file is read in one piece, which S3 repeats where it breaks off. */
const WHOLE_BYTES = 2 ** 20;

interface Started {
  readonly chunks: AsyncIterator<Uint8Array>;
  readonly first: Promise<IteratorResult<Uint8Array>>;
}

/**
 * Hands files to a reader in the given order, the next few already on their way. Memory is bounded by a piece for each of these.
 * One that cannot be read, or not to its end, is told to `onFailure`; the others are read.
 */
export async function readInOrder<File extends StoreEntry>(
  store: Store,
  files: readonly File[],
  reader: FileReader<NoInfer<File>>,
  onRead: (file: NoInfer<File>, failure: UsageError | undefined) => void,
): Promise<void> {
  const started: Started[] = [];
  const start = (file: File | undefined) => file && started.push(begin(store, file));
  for (const file of files.slice(0, AHEAD)) start(file);
  try {
    for (const [i, file] of files.entries()) {
      const { chunks, first } = started.shift() as Started;
      start(files[i + AHEAD]);
      onRead(file, await readOne(file, chunks, first, reader));
    }
  } finally {
    for (const { chunks } of started) await chunks.return?.();
  }
}

function begin(store: Store, { path, bytes }: StoreEntry): Started {
  const pieces = bytes <= WHOLE_BYTES ? whole(store, path) : store.readChunks(path);
  const chunks = pieces[Symbol.asyncIterator]();
  const first = chunks.next();
  // A failure is told at the file's turn.
  first.catch(() => {});
  return { chunks, first };
}

async function* whole(store: Store, path: string): AsyncGenerator<Uint8Array> {
  yield await store.read(path);
}

async function readOne<File>(
  file: File,
  chunks: AsyncIterator<Uint8Array>,
  first: Promise<IteratorResult<Uint8Array>>,
  reader: FileReader<File>,
): Promise<UsageError | undefined> {
  let opened = false;
  try {
    for (let piece = await first; !piece.done; piece = await chunks.next()) {
      if (!opened) reader.open(file);
      opened = true;
      reader.push(piece.value);
    }
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  } finally {
    if (opened) reader.close();
    await chunks.return?.();
  }
  return undefined;
}
