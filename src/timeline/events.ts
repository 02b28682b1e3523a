import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { Lanes } from './lanes.ts';
import type { TraceObject } from './trace-object.ts';

/** Events of these labels that are not over before the window and do not begin after it, each once; by start, the longer ones first. */
export function sortedEvents(
  events: FrameworkEvents,
  { startSeconds, endSeconds }: Span,
  labels: ReadonlySet<string>,
): Uint32Array {
  const { startMicros, durationMicros } = events;
  const start = (event: number) => startMicros[event] as number;
  const found = new Uint32Array(events.count);
  let count = 0;
  for (const { label, firstEvent, endEvent } of events.files) {
    if (!labels.has(label)) continue;
    for (let event = firstEvent; event < endEvent; event++) {
      const isWithin = start(event) <= endSeconds * 1e6 && endOf(events, event) >= startSeconds * 1e6;
      if (isWithin && !events.isRepeat(event)) found[count++] = event;
    }
  }
  return found
    .subarray(0, count)
    .sort((a, b) => start(a) - start(b) || (durationMicros[b] as number) - (durationMicros[a] as number) || a - b);
}

export function endOf({ startMicros, durationMicros }: FrameworkEvents, event: number): number {
  return (startMicros[event] as number) + (durationMicros[event] as number);
}

export function* eventObjects(events: FrameworkEvents, sorted: Uint32Array, lanes: Lanes): Generator<TraceObject> {
  for (const [i, event] of sorted.entries()) {
    yield {
      ph: 'X',
      name: events.names[events.name[event] as number] as string,
      pid: lanes.processes[lanes.process[i] as number]?.pid as number,
      tid: lanes.thread[i] as number,
      ts: events.startMicros[event] as number,
      dur: events.durationMicros[event] as number,
      args: argsOf(events, event),
    };
  }
}

/** Spelled as in the files. */
function argsOf(events: FrameworkEvents, event: number): Record<string, string | number | boolean> {
  const step = events.steps[events.step[event] as number];
  const { workerId, workers, pinMemory, layer, bytes } = events.details.get(event) ?? {};
  return {
    ...(events.hasPid(event) ? { pid: events.pid[event] as number } : {}),
    ...(step === undefined ? {} : { step_num: step }),
    ...(workerId === undefined ? {} : { worker_id: workerId }),
    ...(workers === undefined ? {} : { num_workers: workers }),
    ...(pinMemory === undefined ? {} : { pin_memory: pinMemory }),
    ...(layer === undefined ? {} : { layer_name: layer }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}
