/** What is read of an object of trace-event JSON; everything else in it is skipped. */
export const Field = {
  ph: 0,
  name: 1,
  ts: 2,
  dur: 3,
  pid: 4,
  tid: 5,
  // Of its arguments.
  argName: 6,
  layerName: 7,
  step: 8,
  argPid: 9,
  threadId: 10,
  workerId: 11,
  workers: 12,
  pinMemory: 13,
  bytes: 14,
  base: 15,
} as const;
export const FIELDS = 16;

/** What a field holds. */
export const Kind = { absent: 0, text: 1, escapedText: 2, number: 3, true: 4, false: 5, other: 6 } as const;

/** Keys that are no field of an event. */
export const ARGS = 100;
export const TRACE_EVENTS = 101;
export const NO_FIELD = 102;

export interface Key {
  /** With the quote behind it. */
  readonly letters: Uint8Array;
  readonly field: number;
}
/** Those of a kind of object, by the last five bits of their first letter. */
export type Keys = readonly (readonly Key[])[];

const EVENT = { ph: Field.ph, name: Field.name, ts: Field.ts, dur: Field.dur, pid: Field.pid, tid: Field.tid, args: ARGS };
export const OF_EVENT = keysOf(EVENT);
export const OF_WRAPPER = keysOf({ traceEvents: TRACE_EVENTS });
export const OF_FIRST = keysOf({ ...EVENT, traceEvents: TRACE_EVENTS });
export const OF_ARGS = keysOf({
  name: Field.argName,
  layer_name: Field.layerName,
  step_num: Field.step,
  pid: Field.argPid,
  thread_id: Field.threadId,
  worker_id: Field.workerId,
  num_workers: Field.workers,
  pin_memory: Field.pinMemory,
  bytes: Field.bytes,
  start_time_since_epoch_in_micros: Field.base,
});
export const NO_KEYS = keysOf({});

function keysOf(fields: Readonly<Record<string, number>>): Keys {
  const encoder = new TextEncoder();
  const keys = Object.entries(fields).map(([name, field]) => ({ letters: encoder.encode(`${name}"`), field }));
  return Array.from({ length: 32 }, (_, bits) => keys.filter(({ letters }) => ((letters[0] as number) & 31) === bits));
}
