import { EventBuilder, type TimelineOptions, type TimelineToRead } from '../src/formats/framework-events/builder.ts';
import { TraceReader } from '../src/formats/framework-events/trace-reader.ts';
import type { FrameworkEvents } from '../src/model/framework-events.ts';
import type { Damage } from '../src/model/run.ts';

interface Reading extends TimelineOptions {
  /** Bytes that are pushed at once, and that are gathered before they are scanned. */
  readonly chunk?: number;
  readonly gathered?: number;
}

const FILE: TimelineToRead = { path: 'a.json', label: 'PythontimelineMetrics', worker: 'algo-1-27', endMicros: 0 };

/** The events of timelines, each a text (or a text and what is known of its file). */
export function readTimelines(
  timelines: readonly (string | readonly [text: string, file: Partial<TimelineToRead>])[],
  { chunk = 1000, gathered, ...options }: Reading = {},
): { events: FrameworkEvents; damage: Damage[] } {
  const builder = new EventBuilder(options);
  const trace = new TraceReader(builder, gathered);
  for (const timeline of timelines) {
    const [text, file] = typeof timeline === 'string' ? [timeline, {}] : timeline;
    const bytes = new TextEncoder().encode(text);
    builder.open({ ...FILE, ...file });
    trace.open();
    // The same piece of memory each time, as stores do.
    const piece = new Uint8Array(chunk);
    for (let at = 0; at < bytes.length; at += chunk) {
      const part = bytes.subarray(at, at + chunk);
      piece.fill(0x58).set(part);
      trace.push(piece.subarray(0, part.length));
    }
    trace.close();
    builder.close();
  }
  return builder.finish();
}

/** Events one by one, names in place of indices. */
export function listed(events: FrameworkEvents) {
  return Array.from({ length: events.count }, (_, i) => ({
    start: events.startMicros[i],
    duration: events.durationMicros[i],
    name: events.names[events.name[i] as number],
    phase: events.phases[events.phase[i] as number],
    worker: events.workers[events.worker[i] as number],
    step: events.steps[events.step[i] as number],
    pid: events.pid[i],
    tid: events.tid[i],
    hasPid: events.hasPid(i),
    isRepeat: events.isRepeat(i),
    ...events.details.get(i),
  }));
}
