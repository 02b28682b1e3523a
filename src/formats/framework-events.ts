import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Damage } from '../model/run.ts';
import { EventBuilder, type TimelineOptions, type TimelineToRead } from './framework-events/builder.ts';
import { TraceReader } from './framework-events/trace-reader.ts';

/**
 * Reads timelines (trace-event JSON) piece by piece, one file after another; a piece is not kept. Nothing is thrown for what is in them.
 * Memory follows the number of events, not the size of the files.
 */
export function frameworkEventsReader(options: TimelineOptions = {}) {
  const builder = new EventBuilder(options);
  const trace = new TraceReader(builder);
  return {
    open(file: TimelineToRead): void {
      builder.open(file);
      trace.open();
    },
    push: (chunk: Uint8Array): void => trace.push(chunk),
    close(): void {
      trace.close();
      builder.close();
    },
    finish: (): { events: FrameworkEvents; damage: Damage[] } => builder.finish(),
  };
}
