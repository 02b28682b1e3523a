import { scriptHashes } from '../../../src/generated/script-hashes.ts';

/** Which scripts of a page run: those of this version's reports, told by their hashes, or whatever it holds. */
export type Scripts = 'known' | 'all';

/** Whether a page's own policy names scripts of this version alone: then it is as live as it was made to be. */
export function hasKnownScripts(page: Document): boolean {
  const policy = page.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.getAttribute('content') ?? '';
  const sources = /\bscript-src\s+([^;]*)/.exec(policy)?.[1]?.trim().split(/\s+/) ?? [];
  return sources.length > 0 && sources.every((source) => scriptHashes.some((hash) => source === `'${hash}'`));
}
