import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listed, readTimelines } from '../timelines.ts';

type Json = Record<string, unknown>;

const text = fc.oneof(
  fc.constantFrom('a', 'process_name', 'Step:ModeKeys.TRAIN', '"}]{[,\\', 'é\u2028\ud83d\ude00', 'X', 'ph'),
  fc.string({ unit: 'binary', maxLength: 8 }).map((raw) => raw.toWellFormed()),
);
const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: 0, max: 2 ** 53 - 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e16, max: 1e16 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const pid = fc.constantFrom<unknown>(0, 1, 2, 'Spans');
const args = fc.oneof(
  fc.record(
    {
      name: text,
      layer_name: text,
      step_num: fc.oneof(text, fc.nat(20)),
      pid: number,
      thread_id: number,
      worker_id: number,
      num_workers: number,
      pin_memory: fc.boolean(),
      bytes: number,
      start_time_since_epoch_in_micros: fc.constantFrom(0, 1700000000000000, 12.5),
      other: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const object = fc.oneof(
  { weight: 4, arbitrary: event('X') },
  { weight: 1, arbitrary: event('B') },
  { weight: 1, arbitrary: event('E') },
  { weight: 2, arbitrary: fc.record({ ph: fc.constant('M'), name: fc.constant('process_name'), pid, args }) },
  { weight: 1, arbitrary: fc.record({ ph: fc.constantFrom('i', 'C', 'M', ''), name: text }) },
  { weight: 1, arbitrary: fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 }) },
);

function event(ph: string): fc.Arbitrary<Json> {
  return fc.record(
    { ph: fc.constant(ph), name: fc.oneof(text, fc.nat(9)), ts: number, dur: number, pid, tid: number, args, id: fc.jsonValue() },
    { requiredKeys: ['ph'] },
  ) as fc.Arbitrary<Json>;
}

/** As files have it: in a list, with blanks of all kinds, wrapped or not, closed or not. */
const file = fc
  .record({
    objects: fc.array(object, { maxLength: 12 }),
    shape: fc.constantFrom('list', 'open list', 'trailing comma', 'wrapper', 'mark', 'blank lines', 'indented', 'no list'),
  })
  .map(({ objects, shape }) => ({ objects, text: written(objects, shape) }));

function written(objects: readonly unknown[], shape: string): string {
  const lines = objects.map((one) => JSON.stringify(one));
  if (shape === 'open list') return `[\n${lines.join(',\n')}`;
  if (shape === 'trailing comma') return `[\n${lines.map((line) => `${line},\n`).join('')}]`;
  if (shape === 'mark') return `\ufeff[${lines.join(',')}]`;
  if (shape === 'blank lines') return `[\r\n\r\n${lines.join(',\r\n\t\r\n')}\n]\n\n`;
  if (shape === 'indented') return JSON.stringify(objects, undefined, 2);
  if (shape === 'no list') return lines.join('\n');
  const around = { schemaVersion: 1, deviceProperties: [{ id: 0, name: 'a', ph: 'X' }] };
  const whole = { ...around, traceEvents: objects, otherData: { ph: 'X', name: 'a', ts: 1, dur: 1, pid: 1 }, last: 'x' };
  return JSON.stringify(shape === 'wrapper' ? whole : objects);
}

test('reads what JSON.parse reads, however the bytes are cut', () => {
  fc.assert(
    fc.property(file, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 200 }), (timeline, chunk, gathered) => {
      const { events } = readTimelines([timeline.text], { chunk, gathered });
      const found = listed(events).map(({ isRepeat: _, ...one }) => one);
      expect(found).toEqual(expected(timeline.objects));
    }),
    { numRuns: 300 },
  );
});

/** Rounds of the same objects, as steps are: other numbers in each, now and then one more, one less or one changed. */
const rounds = fc
  .record({
    objects: fc.array(object, { minLength: 1, maxLength: 6 }),
    changes: fc.array(fc.array(fc.option(object, { freq: 8 }), { maxLength: 6 }), { minLength: 3, maxLength: 8 }),
    numbers: fc.array(
      fc.record({ ts: number, dur: number, pid: fc.nat(1), step_num: fc.constantFrom('7', '007', '8', '1e1', 9) }),
      {
        minLength: 5,
        maxLength: 9,
      },
    ),
    shape: fc.constantFrom('list', 'blank lines', 'indented', 'no list', 'wrapper'),
  })
  .map(({ objects, changes, numbers, shape }) => {
    const all = changes.flatMap((change, round) => objects.map((one, i) => change[i] ?? renumbered(one, numbers, 3 * round + i)));
    return { objects: all, text: written(all, shape) };
  });

function renumbered(one: Json, numbers: readonly Json[], i: number): Json {
  const { step_num, ...others } = numbers[i % numbers.length] as Json;
  const args = typeof one.args === 'object' && one.args !== null && 'step_num' in one.args ? { ...one.args, step_num } : one.args;
  const changed = Object.entries({ ...others, args }).filter(([key]) => key in one);
  return { ...one, ...Object.fromEntries(changed) };
}

test('reads what JSON.parse reads where objects come again with other numbers', () => {
  fc.assert(
    fc.property(rounds, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2000 }), (timeline, chunk, gathered) => {
      const { events } = readTimelines([timeline.text], { chunk, gathered });
      const found = listed(events).map(({ isRepeat: _, ...one }) => one);
      expect(found).toEqual(expected(timeline.objects));
    }),
    { numRuns: 300 },
  );
});

test('of a field that an object has twice the last one counts, also when it comes again', () => {
  const text = `[${Array(4).fill('{"ph":"X","name":"a","ts":1,"dur":2,"pid":0,"args":{"step_num":"1"},"args":{"bytes":3}}')}]`;
  const found = listed(readTimelines([text]).events).map(({ isRepeat: _, ...one }) => one);
  expect(found).toEqual(expected(JSON.parse(text)));
});

test('events of many kinds in no order are read as those in order', () => {
  const objects = Array.from({ length: 40_000 }, (_, i) => {
    const kind = (i * 7919) % 10007;
    return {
      ph: 'X',
      name: `operator ${kind % 3001}`,
      ts: i,
      dur: kind,
      pid: 1,
      args: { step_num: String(i >> 8), pid: kind % 3 },
    };
  });
  const { events } = readTimelines([JSON.stringify(objects)], { chunk: 65536 });
  expect(listed(events).map(({ isRepeat: _, ...one }) => one)).toEqual(expected(objects));
});

test('any bytes at all give the same events and damage, however they are cut', () => {
  const piece = fc.oneof(
    file.map((one) => one.text),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      '-',
      '1.',
      'e',
      'tru',
      '{"ph":"X","ts":1,',
      '{"traceEvents":[',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const broken = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(broken, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 200 }), (content, chunk, gathered) => {
      const whole = readTimelines([content]);
      const cut = readTimelines([content], { chunk, gathered });
      expect(listed(cut.events)).toEqual(listed(whole.events));
      expect(cut.damage).toEqual(whole.damage);
    }),
    { numRuns: 300 },
  );
});

test('reading ends, whatever the bytes are and wherever they are cut', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder('latin1').decode(bytes)),
    fc.string({ unit: fc.constantFrom(...'{}[]",:\\\n 0-.eX\0\u00ff'), maxLength: 200 }),
    fc.tuple(rounds, fc.nat(2000)).map(([{ text }, length]) => text.slice(0, length)),
  );
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 3 }), fc.integer({ min: 1, max: 100 }), (contents, gathered) => {
      readTimelines(contents, { chunk: 7, gathered });
    }),
    { numRuns: 600 },
  );
}, 20_000);

/** The same once more, on parsed objects. */
function expected(objects: readonly Json[]): Json[] {
  const phases = new Map<unknown, string>();
  const begun = new Map<unknown, Json[]>();
  const found: Json[] = [];
  let base = 0;
  for (const { ph, name, ts, dur, pid: number, tid, args: given } of JSON.parse(JSON.stringify(objects)) as Json[]) {
    const args = (typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}) as Json;
    const has = (...values: unknown[]) => values.every((value) => typeof value === 'number');
    const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';
    if (ph === 'M' && name === 'process_name') {
      if (number === 0 && has(args.start_time_since_epoch_in_micros)) base = args.start_time_since_epoch_in_micros as number;
      if (isText(args.name) && isText(number)) phases.set(number, String(args.name));
    }
    const layer = args.layer_name ?? args.name;
    const start = {
      start: base + (ts as number),
      name: String(name),
      phase: phases.get(number) ?? 'Unknown',
      worker: 'algo-1-27',
      step: isText(args.step_num) ? String(args.step_num) : undefined,
      pid: has(args.pid) ? args.pid : Number(number),
      tid: [args.thread_id, tid, 0].find((value) => has(value)),
      hasPid: has(args.pid),
      ...(has(args.worker_id) ? { workerId: args.worker_id } : {}),
      ...(has(args.num_workers) ? { workers: args.num_workers } : {}),
      ...(typeof args.pin_memory === 'boolean' ? { pinMemory: args.pin_memory } : {}),
      ...(isText(layer) ? { layer: String(layer) } : {}),
      ...(has(args.bytes) ? { bytes: args.bytes } : {}),
    };
    const isWhole = isText(name) && has(ts) && isText(number);
    const add = (one: Json, duration: number) => {
      const { start: at, ...rest } = one;
      if (duration >= 0 && Math.abs(at as number) + duration < Number.MAX_SAFE_INTEGER)
        found.push({ start: at, duration, ...rest });
    };
    if (ph === 'X' && isWhole && has(dur)) add(start, dur as number);
    if (ph === 'B' && isWhole) begun.set(number, [...(begun.get(number) ?? []), start]);
    if (ph === 'E' && has(ts) && isText(number)) {
      const begin = begun.get(number)?.pop();
      if (begin) add(begin, base + (ts as number) - (begin.start as number));
    }
  }
  return found;
}
