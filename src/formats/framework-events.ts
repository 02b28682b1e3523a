import type { EventFile, FrameworkEvents } from '../model/framework-events.ts';
import type { Damage } from '../model/run.ts';
import { EventBuilder } from './framework-events/builder.ts';
import { isObject } from './tolerant.ts';

/** A timeline to read; `baseMicros` is what its times count from where the file itself does not say. */
export interface TimelineToRead extends Pick<EventFile, 'path' | 'label' | 'worker' | 'endMicros'> {
  readonly baseMicros?: number;
}

/** Reads timelines (trace-event JSON) piece by piece, one file after another. Nothing is thrown for what is in them. */
export function frameworkEventsReader() {
  const builder = new EventBuilder();
  let chunks: string[] = [];
  let decoder = new TextDecoder();
  return {
    open(file: TimelineToRead): void {
      builder.open(file);
      chunks = [];
      decoder = new TextDecoder();
    },
    push(chunk: Uint8Array): void {
      chunks.push(decoder.decode(chunk, { stream: true }));
    },
    close(): void {
      for (const line of chunks.join('').split('\n')) {
        const text = line.replace(/^\[|[,\s\]]+$/g, '');
        if (text === '') continue;
        try {
          const value = JSON.parse(text);
          const values = isObject(value) && Array.isArray(value.traceEvents) ? value.traceEvents : [value];
          for (const object of values) if (isObject(object)) builder.take(object);
        } catch {
          builder.bad();
        }
      }
      builder.close();
    },
    finish(): { events: FrameworkEvents; damage: Damage[] } {
      return builder.finish();
    },
  };
}
