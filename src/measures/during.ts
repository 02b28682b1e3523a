import type { FrameworkEvents } from '../model/framework-events.ts';

/** Calls back for the events that touch one of the given ones of the same worker: each once, in their order, without repeats. */
export function eventsDuring(events: FrameworkEvents, given: readonly number[], visit: (event: number) => void): void {
  const start = (event: number) => events.startMicros[event] as number;
  const end = (event: number) => start(event) + (events.durationMicros[event] as number);
  const byWorker = events.workers.map((_, worker) =>
    disjoint(given.filter((event) => events.worker[event] === worker).map((event) => ({ start: start(event), end: end(event) }))),
  );
  // The first span that does not end before the event; the next event is mostly near.
  const at = new Uint32Array(byWorker.length);
  for (let event = 0; event < events.count; event++) {
    const worker = events.worker[event] as number;
    const spans = byWorker[worker] as readonly MicroSpan[];
    if (spans.length === 0) continue;
    let i = at[worker] as number;
    while (i < spans.length && (spans[i] as MicroSpan).end < start(event)) i++;
    while (i > 0 && (spans[i - 1] as MicroSpan).end >= start(event)) i--;
    at[worker] = i;
    if (i < spans.length && (spans[i] as MicroSpan).start <= end(event) && !events.isRepeat(event)) visit(event);
  }
}

interface MicroSpan {
  readonly start: number;
  readonly end: number;
}

/** In order, those that touch as one. */
function disjoint(spans: readonly MicroSpan[]): MicroSpan[] {
  const merged: MicroSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
