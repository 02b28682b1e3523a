import type { FlameChart } from '../model/chart.ts';
import { seriesColour } from './palette.ts';

/** Functions of one file have one colour, the same in every graph. `place` is `file:line`. */
export function fileColour(place: string): string {
  const file = place.replace(/:\d+$/, '');
  let sum = 0;
  for (const character of file) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65521;
  return seriesColour(sum);
}

export interface FlameFunction {
  readonly label: string;
  readonly place: string;
  readonly ownSeconds: number;
  /** With what it calls; a call within a call of the same function is counted once. */
  readonly totalSeconds: number;
}

/** The functions of a graph, the one with most own time first. */
export function functionsOf({ frames }: FlameChart): FlameFunction[] {
  const found = new Map<string, { label: string; place: string; ownSeconds: number; totalSeconds: number }>();
  /** Keys of the frames around, by depth. */
  const around: string[] = [];
  for (const { label, place, depth, widthSeconds, ownSeconds } of frames.toSorted(
    (a, b) => a.startSeconds - b.startSeconds || a.depth - b.depth,
  )) {
    const key = `${place}\n${label}`;
    around.length = Math.min(around.length, depth);
    const entry = found.get(key) ?? { label, place, ownSeconds: 0, totalSeconds: 0 };
    entry.ownSeconds += ownSeconds;
    if (!around.includes(key)) entry.totalSeconds += widthSeconds;
    around[depth] = key;
    found.set(key, entry);
  }
  return [...found.values()].sort((a, b) => b.ownSeconds - a.ownSeconds);
}
