import type { Span } from '../model/issue.ts';

/**
 * The time that spans cover, in order and without overlaps: neighbours nearer than `tolerance` seconds become one, and so do those farther
 * and farther apart until at most `most` are left. What lies outside of `within` is cut off.
 */
export function mergedSpans(spans: readonly Span[], within: Span, tolerance: number, most: number): Span[] {
  const inside = spans
    .map(({ startSeconds, endSeconds }) => ({
      startSeconds: Math.max(startSeconds, within.startSeconds),
      endSeconds: Math.min(endSeconds, within.endSeconds),
    }))
    .filter(({ startSeconds, endSeconds }) => startSeconds <= endSeconds)
    .sort((a, b) => a.startSeconds - b.startSeconds);
  let merged = merge(inside, tolerance);
  for (let apart = Math.max(tolerance, 1e-3); merged.length > most; apart *= 2) merged = merge(merged, apart);
  return merged;
}

function merge(sorted: readonly Span[], tolerance: number): Span[] {
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && span.startSeconds - last.endSeconds <= tolerance) {
      merged[merged.length - 1] = { ...last, endSeconds: Math.max(last.endSeconds, span.endSeconds) };
    } else merged.push(span);
  }
  return merged;
}
