import type { LogLine } from '../model/monitored.ts';
import { patternOf } from './patterns.ts';

/** Parts of the time, each of which keeps its own lines. */
const PARTS = 200;

/**
 * At most `most` of the lines, in their order: of those that say the same within a small part of the time the first ones, so that every
 * moment keeps what is said only there.
 */
export function shownLines(lines: readonly LogLine[], most: number): readonly LogLine[] {
  if (lines.length <= most) return lines;
  const start = lines[0]?.seconds ?? 0;
  const length = (lines.at(-1)?.seconds ?? 0) - start;
  const seen = new Map<string, number>();
  const ranked = lines.map((line, index) => {
    const part = length > 0 ? Math.floor((PARTS * (line.seconds - start)) / length) : 0;
    const key = `${part} ${patternOf(line.message)}`;
    const repeats = seen.get(key) ?? 0;
    seen.set(key, repeats + 1);
    return { line, index, repeats };
  });
  const kept = ranked.sort((a, b) => a.repeats - b.repeats || a.index - b.index).slice(0, most);
  return kept.sort((a, b) => a.index - b.index).map(({ line }) => line);
}
