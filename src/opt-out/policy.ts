import { sha256 } from '@noble/hashes/sha2.js';
import type { Edit } from './edits.ts';

const META = /<meta(?=[^>]*\bhttp-equiv\s*=\s*["']?Content-Security-Policy\b)[^>]*?\bcontent\s*=\s*(?:"([^">]*)"|'([^'>]*)')/di;

/** Between directives; the other semicolons end character references. */
const SEPARATOR = /(?<!&#?\w+);\s*/;

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** Takes out of a page's policy every connection, and the scripts within `region`; undefined where the policy has neither, or is none. */
export function withoutBeacon(text: string, bytes: Uint8Array, region: { start: number; end: number }): Edit | undefined {
  const [start = 0, end = 0] =
    META.exec(text)
      ?.indices?.slice(1)
      .find((found) => found) ?? [];
  const policy = text.slice(start, end);
  const hashes = scriptHashes(text.slice(region.start, region.end), bytes.subarray(region.start, region.end));
  const closed = policy
    .split(SEPARATOR)
    .filter((directive) => !/^connect-src\b/i.test(directive))
    .map((directive) => (/^script-src\b/i.test(directive) ? withoutSources(directive, hashes) : directive))
    .join('; ');
  return closed === policy.split(SEPARATOR).join('; ') ? undefined : { start, end, text: closed };
}

function withoutSources(directive: string, hashes: ReadonlySet<string>): string {
  const plain = (source: string) => source.replace(/&#(?:x27|39);/gi, "'").replace(/&#(?:x3d|61);/gi, '=');
  return directive
    .split(' ')
    .filter((source) => !hashes.has(plain(source)))
    .join(' ');
}

/** As a policy names them; browsers hash a script with its line ends as line feeds. */
function scriptHashes(html: string, bytes: Uint8Array): Set<string> {
  const scripts = html.matchAll(/<script\b[^>]*>(.*?)<\/script/dgis);
  return new Set(
    Array.from(scripts, ({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      const content = bytes.subarray(start, end);
      const read = content.filter((byte, i) => byte !== CARRIAGE_RETURN || content[i + 1] !== LINE_FEED);
      return `'sha256-${btoa(String.fromCharCode(...sha256(read)))}'`;
    }),
  );
}
