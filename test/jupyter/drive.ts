import type { readListing } from '../../jupyter-extension/src/panel/place.ts';

/** A file or folder as the lab's drives give it. */
export type Listed = Parameters<typeof readListing>[0];

/** A drive in memory for what only lists folders: paths to text. Folders named in `closed` cannot be read. */
export function drive(files: Readonly<Record<string, string>>, closed: readonly string[] = []) {
  let now = 0;
  let most = 0;
  const model = (path: string, type: string, content: unknown = null) =>
    ({
      path,
      name: path.slice(path.lastIndexOf('/') + 1),
      type,
      content,
      size: 1,
      last_modified: '2026-01-01T00:00:00Z',
    }) as Listed;
  const listing = (folder: string) => {
    const start = folder === '' ? '' : `${folder}/`;
    const inside = Object.keys(files).flatMap((path) => (path.startsWith(start) ? [path.slice(start.length)] : []));
    const names = new Set(inside.map((path) => path.split('/')[0] ?? ''));
    return model(
      folder,
      'directory',
      [...names].map((name) => model(start + name, inside.includes(name) ? 'file' : 'directory')),
    );
  };
  return {
    listing,
    mostAtOnce: () => most,
    async get(path: string): Promise<Listed> {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 1));
      now--;
      if (closed.includes(path)) throw new Error('permission denied');
      return listing(path);
    },
  };
}
