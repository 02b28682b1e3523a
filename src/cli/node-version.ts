import { UsageError } from '../model/errors.ts';

/** Oldest Node that has all that is used here; a test keeps it equal to `engines` of package.json. */
export const OLDEST_NODE = '22.13';

/** Throws a UsageError on an older Node: npm only warns, and the first missing function would look like a bug of ours. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new UsageError(`needs Node ${OLDEST_NODE} or newer, and this is ${version}: install a newer Node.`);
}
