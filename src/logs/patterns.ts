import type { LogLine } from '../model/monitored.ts';

/** Lines that differ only in what changes from line to line. */
export interface LinePattern {
  /** With what changes replaced: `<n>`, `<id>`, `<time>`, `<path>`, `<text>`. */
  readonly pattern: string;
  readonly count: number;
  /** Seconds since the epoch. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** In the order in which they first said it. */
  readonly streams: readonly string[];
  /** The first one, whole. */
  readonly example: string;
}

export interface Patterns {
  /** The most frequent first, of equally frequent the latest. */
  readonly patterns: readonly LinePattern[];
  /** Patterns beyond those, and the lines in them. */
  readonly more: number;
  readonly moreLines: number;
}

/** How much of a line makes its pattern. */
const HEAD = 300;

/** What changes, the most telling first; the parts of each are bounded or cannot be read in two ways. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}[-/]\d\d[-/]\d\d[T ,:]{0,2}(?:\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?/g, '<time>'],
  [/^([IWEF])\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})?/g, '$1<time>'],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\b/g, '<time>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/"[^"\r\n]{0,300}"/g, '"<text>"'],
  [/(?<!\w)'[^'\r\n]{0,300}'(?!\w)/g, "'<text>'"],
  [/\b0x[0-9a-f]+\b/gi, '<n>'],
  // Hex digits with a number among them, or anything with three.
  [/(?<!\w)(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])[\da-f]{6,64}(?!\w)/gi, '<id>'],
  [/(?<!\w)(?=\d{0,63}[a-z])(?=(?:[a-z]*\d){3})[a-z\d]{8,64}(?!\w)/gi, '<id>'],
  [/(?<![\w<.])(?:s3:\/|file:\/)?(?:\/[\w.@+=:-]+){2,}\/?/g, '<path>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<address>'],
  [/(?:(?<!\w)-)?\d+(?:\.\d+)?(?:e[+-]?\d+\b)?/gi, '<n>'],
];

/** Groups lines by their pattern; of a stack trace that is the line of its exception. At most `most` of them, the rest is counted. */
export function patternsOf(lines: readonly LogLine[], most: number): Patterns {
  const groups = new Map<string, Group>();
  for (const { message, seconds, stream } of lines) {
    const pattern = patternOf(message);
    const group = groups.get(pattern) ?? {
      pattern,
      count: 0,
      firstSeconds: seconds,
      lastSeconds: seconds,
      streams: new Set(),
      example: message,
    };
    group.count++;
    group.firstSeconds = Math.min(group.firstSeconds, seconds);
    group.lastSeconds = Math.max(group.lastSeconds, seconds);
    group.streams.add(stream);
    groups.set(pattern, group);
  }
  const all = [...groups.values()].sort((a, b) => b.count - a.count || b.lastSeconds - a.lastSeconds);
  const rest = all.slice(most);
  return {
    patterns: all.slice(0, most).map((group) => ({ ...group, streams: [...group.streams] })),
    more: rest.length,
    moreLines: rest.reduce((sum, { count }) => sum + count, 0),
  };
}

interface Group {
  readonly pattern: string;
  count: number;
  firstSeconds: number;
  lastSeconds: number;
  readonly streams: Set<string>;
  readonly example: string;
}

/** The line that tells, with what changes replaced. */
export function patternOf(message: string): string {
  const head = tellingLine(message).slice(0, HEAD).trim();
  return CHANGING.reduce((text, [pattern, placeholder]) => text.replace(pattern, placeholder), head).replace(/\s+/g, ' ');
}

/** Of a traceback the line of its exception: all of them begin alike. */
function tellingLine(message: string): string {
  const lines = message.split('\n');
  const [first = ''] = lines;
  if (!/Traceback \(most recent call last\)/.test(first)) return first;
  return lines.slice(1).findLast((line) => /^\S/.test(line) && !/^Traceback|^During handling|^The above/.test(line)) ?? first;
}
