import type { OutputFile, Store } from '../src/model/store.ts';

/** A Store in memory: path to text or bytes. */
export function memoryStore(
  files: Record<string, string | Uint8Array>,
  location = '/job',
  /** Bytes of each piece that a file is read in. */
  chunkBytes = 65_536,
): Store & { readonly written: OutputFile[] } {
  const encoder = new TextEncoder();
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? encoder.encode(content) : content]),
  );
  const written: OutputFile[] = [];
  return {
    location,
    written,
    async *list() {
      for (const [path, bytes] of contents) yield { path, bytes: bytes.length };
    },
    read: async (path) => {
      const bytes = contents.get(path);
      if (bytes === undefined) throw new Error(`no ${path}`);
      return bytes;
    },
    readIfPresent: async (path) => contents.get(path),
    async *readChunks(path) {
      const bytes = contents.get(path);
      if (bytes === undefined) throw new Error(`no ${path}`);
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
    },
    writeChunks: async (path, chunks, contentType) => {
      const pieces: Uint8Array[] = [];
      for await (const chunk of chunks) pieces.push(chunk.slice());
      written.push({ path, bytes: Buffer.concat(pieces), contentType });
    },
    writeAll: async (outputs) => {
      written.push(...outputs);
    },
  };
}
