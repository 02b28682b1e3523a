import type { Contents } from '@jupyterlab/services';
import pLimit from 'p-limit';
import { type Place, readListing } from './place.ts';

/** Every folder is a request of its own: a home folder with everything in it must not become ten thousand of them. */
const MOST_FOLDERS = 400;
const DEEPEST = 8;
/** Requests under way at once; a browser sends six. */
const AT_ONCE = 4;

/** How far a search came. */
export interface Searched {
  readonly folders: number;
  /** True where folders were left out, for their number or their depth. */
  readonly isPartial: boolean;
  /** Paths of folders that could not be listed. */
  readonly unreadable: readonly string[];
}

/** Looks for reports below a folder, near ones first, and tells of each as it is found. Rejects once `signal` says so. */
export async function search(
  contents: Pick<Contents.IManager, 'get'>,
  root: string,
  found: (place: Place, searched: Searched) => void,
  signal: AbortSignal,
  most = MOST_FOLDERS,
): Promise<Searched> {
  const limit = pLimit(AT_ONCE);
  const unreadable: string[] = [];
  let folders = 0;
  let isPartial = false;
  let level = [root];
  const look = async (path: string): Promise<string[]> => {
    signal.throwIfAborted();
    const listing = await contents.get(path, { content: true }).catch(() => undefined);
    signal.throwIfAborted();
    folders++;
    if (!listing) unreadable.push(path);
    const { place, below } = listing ? readListing(listing) : { below: [] };
    if (place) found(place, { folders, isPartial, unreadable });
    return below.map((folder) => folder.path);
  };
  for (let depth = 0; level.length > 0; depth++) {
    const room = depth > DEEPEST ? 0 : most - folders;
    isPartial ||= level.length > room;
    const below = await Promise.all(level.slice(0, room).map((path) => limit(look, path)));
    level = below.flat();
  }
  return { folders, isPartial, unreadable };
}
