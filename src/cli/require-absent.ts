import { UsageError } from '../model/errors.ts';
import type { Store } from '../model/store.ts';
import { list } from '../model/text.ts';

/** Data has no mark that says it is ours: none is overwritten unasked. Throws a UsageError where a file is there; `option` names its place. */
export async function requireAbsent(place: Store, paths: readonly string[], option = '-o'): Promise<void> {
  const there: string[] = [];
  for (const path of paths) if (await isThere(place, path)) there.push(path);
  if (there.length === 0) return;
  const what = `${list(there)} in ${place.location} ${there.length === 1 ? 'is' : 'are'} there already`;
  throw new UsageError(`${what}: choose another place with ${option}, or overwrite with --force.`);
}

/** Looks at the beginning only: they are large. What cannot be read is met again when it is written. */
async function isThere(place: Store, path: string): Promise<boolean> {
  try {
    for await (const _ of place.readChunks(path)) break;
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
