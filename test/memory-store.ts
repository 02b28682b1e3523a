import type { OutputFile, Store } from '../src/model/store.ts';

/** A Store in memory: path to text or bytes. */
export function memoryStore(
  files: Record<string, string | Uint8Array>,
  location = '/job',
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
    writeAll: async (outputs) => {
      written.push(...outputs);
    },
  };
}
