import { UsageError } from '../model/errors.ts';
import { count } from '../model/text.ts';

/** Files and folders looked at below one location before the search stops: more is no longer one job's output. */
export const MAX_ENTRIES = 500_000;

/** Folders that never hold a job's own output: `.ipynb_checkpoints`, `.git` and the like. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** Returns a function to call once per entry; it throws a UsageError naming the limit when there are too many. */
export function entryLimit(location: string, limit: number): () => void {
  let seen = 0;
  return () => {
    if (++seen > limit) {
      throw new UsageError(
        `${location} holds more than ${count(limit)} files and folders: name a folder closer to profiler-reports/.`,
      );
    }
  };
}
