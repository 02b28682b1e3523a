import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readProfilerOutput } from '../../src/formats/profiler-output.ts';
import { findRawFiles } from '../../src/formats/raw-files.ts';
import type { FrameworkEvents } from '../../src/model/framework-events.ts';
import type { StoreEntry } from '../../src/model/store.ts';
import { localStore } from '../../src/stores/local.ts';
import { memoryStore } from '../memory-store.ts';
import { readRun } from '../raw-run.ts';
import { hasShared, shared } from '../shared.ts';
import { listed, readTimelines } from '../timelines.ts';

const BASE = 1_700_000_000_000_000;
const base = { ph: 'M', name: 'process_name', pid: 0, args: { start_time_since_epoch_in_micros: BASE } };
const event = (more: object) => ({ ph: 'X', name: 'a', ts: 5, dur: 7, pid: 0, ...more });
const named = (pid: number, name: string) => ({ ph: 'M', name: 'process_name', pid, args: { name } });
const file = (...objects: readonly object[]) => `[\n${objects.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
const told = ({ damage }: ReturnType<typeof readTimelines>) => damage.map(({ kind, count, detail }) => [kind, count, detail]);

describe('events', () => {
  test('times that no clock shows are left out and told, whatever numbers JSON takes', () => {
    const at = (ts: string, dur: string) => `{"ph":"X","name":"a","pid":1,"ts":${ts},"dur":${dur}}`;
    const text = `[${at('5', '1')},${at('1e999', '1')},${at('1', '1e999')},${at('-1e303', '1')}]`;
    const { events, damage } = readTimelines([text]);
    expect([...events.startMicros]).toEqual([5]);
    expect(damage).toMatchObject([{ kind: 'events left out', count: 3 }]);
  });

  test('count from the base; a later one replaces it; without one their times are absolute', () => {
    const later = { ...base, args: { start_time_since_epoch_in_micros: 2 * BASE } };
    const { events } = readTimelines([file(event({}), base, event({ ts: -3 }), later, event({})), file(event({}))]);
    expect([...events.startMicros]).toEqual([5, BASE - 3, 2 * BASE + 5, 5]);
  });

  test('count from the base that is known of the file, where it has none', () => {
    const { events } = readTimelines([[file(event({ ts: 1159.929, dur: 0.896 })), { baseMicros: BASE }]]);
    expect([events.startMicros[0], events.durationMicros[0]]).toEqual([BASE + 1159.929, 0.896]);
  });

  test('a phase is what the writer said last of its number, also in the file before, also of number 0', () => {
    const first = file(base, event({}), named(0, 'Forward'), named(1, 'Step'), base, event({}), event({ pid: 1 }));
    const { events } = readTimelines([first, file(event({ pid: 1 })), [file(event({ pid: 1 })), { worker: 'algo-2-27' }]]);
    expect(listed(events).map(({ phase }) => phase)).toEqual(['Unknown', 'Forward', 'Step', 'Step', 'Unknown']);
  });

  test('B and E are paired by phase, whatever the thread, over files of one writer; the begin names them', () => {
    const first = file({ ph: 'B', name: 'outer', ts: 1, pid: 1, tid: 4 }, { ph: 'B', name: 'inner', ts: 2, pid: 1, tid: 5 });
    const second = file({ ph: 'E', ts: 4, pid: 1 }, { ph: 'E', name: 'x', ts: 9, pid: 1 });
    const { events, damage } = readTimelines([first, second]);
    const found = listed(events).map(({ name, start, duration, tid }) => [name, start, duration, tid]);
    expect(found).toEqual([
      ['inner', 2, 2, 5],
      ['outer', 1, 8, 4],
    ]);
    expect(damage).toEqual([]);
    expect(events.files.map(({ firstEvent, endEvent }) => [firstEvent, endEvent])).toEqual([
      [0, 0],
      [0, 2],
    ]);
  });

  test('are repeats where everything is equal', () => {
    const same = file(event({}), event({ tid: 1 }), event({ dur: 8 }), event({ args: { pid: 3 } }));
    const read = readTimelines([same, same, [same, { worker: 'algo-2-27' }]]);
    const repeats = listed(read.events).map(({ isRepeat }) => isRepeat);
    expect(repeats).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0].map(Boolean));
    expect(told(read)).toEqual([['repeated rows', 4, '4 events of algo-1-27 came before, equal in everything; counted once.']]);
  });
});

describe('what is tolerated is told', () => {
  const [one, two] = [JSON.stringify(event({ name: 'one' })), JSON.stringify(event({ name: 'two' }))];
  const cut = 'The file is cut off within its last event; what stands before was read.';
  const open = 'The list of events has no end, as when a writer was stopped; all events that are there were read.';
  const bad = (at: number) => `1 object is no JSON and left out; the first at byte ${at}.`;

  test.each([
    ['a cut last object', `[\n${one},\n${two},\n{"ph": "X", "na`, [['cut tail', 1, cut]]],
    ['a cut text', `[\n${one},\n${two},\n{"ph": "X", "name": "\\`, [['cut tail', 1, cut]]],
    ['no end', `[\n${one},\n${two},\n`, [['cut tail', 1, open]]],
    ['a cut line among others', `[\n${one},\n{"ph": "X", "name": "b\n${two}\n]`, [['bad lines', 1, bad(72)]]],
    ['a cut line in a list', `[\n${one},\n{"ph": "X", "args": [1\n${two}\n]`, [['bad lines', 1, bad(73)]]],
    ['a cut line at the comma of a list', `[\n${one},\n{"ph": "X", "args": [1,\n${two}`, [['cut tail', 1, cut]]],
    ['no JSON within one line', `[${one},{"ph":"X","args":{"a":NaN,"b":{}}},${two}]`, [['bad lines', 1, bad(70)]]],
    ['something else in front', `hello\n${one},${two}`, [['bad lines', 1, bad(0)]]],
    ['a key in quotes', `[${one},{"ph":1,},${two}]`, [['bad lines', 1, bad(56)]]],
  ])('%s', (_, text, damage) => {
    const read = readTimelines([text]);
    expect(listed(read.events).map(({ name }) => name)).toEqual(['one', 'two']);
    expect(told(read)).toEqual(damage);
  });

  test('events that lack something, end before they begin, outlast the job, have no beginning or no end', () => {
    const objects = [
      event({ dur: undefined }),
      event({ dur: -1 }),
      event({ dur: 8e11 }),
      event({ dur: 1e9 }),
      { ph: 'E', ts: 1, pid: 1 },
      { ph: 'B', ts: 1, pid: 1, name: 'a' },
    ];
    const read = readTimelines([file(...objects)], { longestMicros: 1e9 });
    expect(read.events.count).toBe(1);
    expect(told(read)).toEqual([
      ['events left out', 1, '1 event left out: without name, ts, pid or, where one is needed, dur.'],
      ['events left out', 1, '1 event left out: the length is negative.'],
      ['events left out', 1, '1 event left out: longer than the job, which is a fault of the writer.'],
      ['events left out', 1, '1 event left out: an end without a beginning.'],
      ['events left out', 1, '1 event of algo-1-27 began and never ended; left out.'],
    ]);
  });
});

test('an event longer than the job is left out where samples tell how long that was', async () => {
  const minute = `{"Type":"cpu","Name":"cpu0","Dimension":"CPUUtilization","Value":1,"NodeId":"algo-1","Timestamp":1700000041}\n`;
  const timeline = file(base, event({ dur: 59e6 }), event({ dur: 8e11 }));
  const path = 'framework/pevents/2023111422/1700000059000005_27-algo-1_pythontimeline.json';
  const system = { 'system/incremental/2023111422/1700000040.algo-1.json': minute };
  const alone = await readProfilerOutput(memoryStore({ [path]: timeline }));
  expect(alone.run.events.count).toBe(2);
  const { run } = await readProfilerOutput(memoryStore({ [path]: timeline, ...system }));
  expect([...run.events.durationMicros]).toEqual([59e6]);
  expect(run.damage.map(({ kind }) => kind)).toContain('events left out');
});

test('lists nested without end, or objects that are, stay bounded', () => {
  const events = `${file(event({ name: 'after' })).slice(1)}`;
  const deep = readTimelines([`[{"a":${'['.repeat(1e6)}\n${events}`], { chunk: 65536 });
  expect(listed(deep.events).map(({ name }) => name)).toEqual(['after']);
  const long = readTimelines([`[{"a":"${'x'.repeat(2 ** 24)}"}\n,${events}`], { chunk: 65536 });
  expect(listed(long.events).map(({ name }) => name)).toEqual(['after']);
  expect(told(long)).toHaveLength(1);
});

test.skipIf(!hasShared).each([
  ['model_timeline_traces', 109, [1590461127873222, 1590461139949971], 54],
  ['horovod_timeline_traces', 19, [1593673051472800, 1593673051473100], 15],
  ['test_traces', 4, [0, 2e15], 4],
  ['merge_traces', 702, [1594662618874598, 1594662623418701], 231],
  ['tfprofiler_timeline_traces', 798, [1596659864545103, 1596659864854168], 798],
  ['tfprofiler_local_missing_metadata', 256, [0, 1e9], 256],
] as const)('%s: %i events', async (name, count, [from, to], within) => {
  const { events } = await readRun(shared(`samples/reader-cases/${name}`));
  expect(events.count).toBe(count);
  expect(inRange(events, from, to)).toBe(within);
});

/** An event is in a range unless it ends before or starts after. */
function inRange({ startMicros, durationMicros }: FrameworkEvents, from: number, to: number): number {
  return startMicros.filter((start, i) => start <= to && start + (durationMicros[i] as number) >= from).length;
}

test.skipIf(!hasShared).each([
  ['horovod_timeline_small.json', 21, 2],
  ['1589314018481947000_1234-testhost_model_timeline.json', 49, 0],
])('%s', (name, complete, neverEnded) => {
  const text = readFileSync(shared(`samples/reader-cases/${name}`), 'utf8');
  const objects: { ph: string }[] = JSON.parse(text);
  const { events, damage } = readTimelines([text]);
  const begun = objects.filter(({ ph }) => ph === 'B').length;
  const left = damage.reduce((sum, { count }) => sum + count, 0);
  expect(events.count).toBe(objects.filter(({ ph }) => ph === 'X').length + begun - left);
  expect([events.count, left]).toEqual([complete, neverEnded]);
});

test.skipIf(!hasShared)(
  'a real job of two nodes reads whole: as many events, steps and as much time as in its files',
  async () => {
    const folder = shared('samples/two-node-pytorch');
    const { events, damage } = await readRun(folder);
    const store = localStore(folder);
    const entries: StoreEntry[] = [];
    for await (const entry of store.list()) entries.push(entry);
    const files = findRawFiles(entries, folder)?.timelines ?? [];
    let [count, micros] = [0, 0];
    const steps = new Set<string>();
    for (const { path } of files) {
      for (const { ph, dur, args } of JSON.parse(new TextDecoder().decode(await store.read(path)))) {
        if (ph !== 'X') continue;
        count++;
        micros += dur;
        if (args?.step_num !== undefined) steps.add(args.step_num);
      }
    }
    expect(events.count).toBe(count);
    expect(events.count).toBe(451984);
    expect(events.durationMicros.reduce((sum, value) => sum + value, 0)).toBe(micros);
    expect(new Set(events.steps)).toEqual(steps);
    expect(events.workers).toEqual(['algo-1-47', 'algo-2-47']);
    expect(damage.filter(({ kind }) => kind !== 'repeated rows')).toEqual([]);
  },
);
