import type { FlameChart } from '../model/chart.ts';
import { type CallNode, sumOf } from './call-tree.ts';

/** As deep as charts are drawn. */
export const FLAME_DEPTH = 60;
/** Frames below this share of the total could not be seen, nor could more frames be told apart. */
const LEAST_SHARE = 0.001;
const MAX_FRAMES = 400;

type Frames = FlameChart['frames'];

/** Call trees laid out as nested bars beside each other, the widest `MAX_FRAMES` of those that can be seen, callers first. */
export function flameFrames(roots: readonly CallNode[]): Frames {
  const frames: Frames[number][] = [];
  const least = sumOf(roots) * LEAST_SHARE;
  const place = (nodes: readonly CallNode[], depth: number, start: number) => {
    let at = start;
    for (const { name, file, line, seconds, ownSeconds, children } of nodes) {
      if (seconds > 0 && seconds >= least && depth < FLAME_DEPTH) {
        frames.push({
          label: name,
          place: placeOf(file, line),
          depth,
          startSeconds: at,
          widthSeconds: seconds,
          ownSeconds,
        });
        place(children, depth + 1, at);
      }
      at += seconds;
    }
  };
  place(roots, 0, 0);
  return widest(frames);
}

/** Where a function is: `file:line`; a built-in function has no file of its own. */
export function placeOf(file: string, line: number): string {
  return file === '~' ? 'built-in' : `${file}:${line}`;
}

/** In the same order. A caller comes before what it calls and is at least as wide: none loses its caller. */
function widest(frames: Frames): Frames {
  const kept = new Set(frames.toSorted((a, b) => b.widthSeconds - a.widthSeconds).slice(0, MAX_FRAMES));
  return frames.filter((frame) => kept.has(frame));
}
