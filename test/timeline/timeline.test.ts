import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventFile } from '../../src/model/framework-events.ts';
import type { Span } from '../../src/model/issue.ts';
import type { TrainingRun } from '../../src/model/run.ts';
import { TIMELINE_KINDS, type TimelineKind, timelineOf } from '../../src/timeline/index.ts';
import type { TraceObject } from '../../src/timeline/trace-object.ts';
import { smallRun } from '../small-run.ts';
import { readTimelines } from '../timelines.ts';

const ALL: Span = { startSeconds: Number.NEGATIVE_INFINITY, endSeconds: Number.POSITIVE_INFINITY };
const row = (dimension: string, name: string, seconds: number, value: number, type = 'gpu') => {
  return { node: 'algo-1', type, dimension, name, seconds, value };
};

interface Given {
  readonly phase?: string;
  readonly worker?: string;
  readonly label?: EventFile['label'];
  readonly events: readonly object[];
}

function runOf(files: readonly Given[], samples: Parameters<typeof smallRun>[0]['samples'] = []): TrainingRun {
  const timelines = files.map(({ phase = 'Step:ModeKeys.TRAIN', events, ...file }) => {
    const named = { ph: 'M', name: 'process_name', pid: 1, args: { name: phase } };
    return [JSON.stringify([named, ...events.map((one) => ({ ph: 'X', name: 'a', pid: 1, ...one }))]), file] as const;
  });
  return { ...smallRun({ samples }), events: readTimelines(timelines).events };
}

async function written(run: TrainingRun, window = ALL, kinds: readonly TimelineKind[] = TIMELINE_KINDS): Promise<TraceObject[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of timelineOf(run, window, kinds).chunks()) text += decoder.decode(chunk, { stream: true });
  return JSON.parse(text);
}

function processNames(objects: readonly TraceObject[]): Map<number, unknown> {
  return new Map(objects.filter(({ name }) => name === 'process_name').map(({ pid, args }) => [pid, args?.name]));
}

test('phases lie in the order of their kind, each with a lane for each worker', async () => {
  const phases = ['Horovod_1', 'cpu_functions', 'gpu_functions-dev:0', '/host:CPU', '/device:GPU:0', 'Dataset', 'DataIterator'];
  const others = ['Backward(post-forward)', 'Forward', 'Step:ModeKeys.TRAIN', 'NcclManager'];
  const workers = ['algo-10-3', 'algo-2-3'];
  const files = [...phases, ...others].flatMap((phase) =>
    workers.map((worker) => ({ phase, worker, events: [{ ts: 1, dur: 1 }] })),
  );
  expect([...processNames(await written(runOf(files)))].sort(([a], [b]) => a - b)).toEqual(
    [
      [1, 'Step:ModeKeys.TRAIN'],
      [10_000, 'Forward'],
      [20_000, 'Backward(post-forward)'],
      [30_000, 'DataIterator'],
      [40_000, 'Dataset'],
      [50_000, '/device:GPU:0'],
      [60_000, '/host:CPU'],
      [70_000, 'gpu_functions-dev:0'],
      [80_000, 'cpu_functions'],
      [90_000, 'Horovod_1'],
      [1_000_000, 'NcclManager'],
    ].flatMap(([pid, phase]) => [
      [pid, `${phase} algo-2-3`],
      [Number(pid) + 1, `${phase} algo-10-3`],
    ]),
  );
});

test('an event keeps its absolute time and its arguments', async () => {
  const args = { pid: 47, step_num: '3', worker_id: 2, num_workers: 4, pin_memory: true, layer_name: 'fc', bytes: 12 };
  const base = { ph: 'M', name: 'process_name', pid: 0, args: { start_time_since_epoch_in_micros: 1_700_000_000_000_000 } };
  const objects = await written(runOf([{ events: [base, { ts: 5, dur: 7.5, args }] }]));
  const event = { ph: 'X', name: 'a', pid: 1, tid: 0, ts: 1_700_000_000_000_005, dur: 7.5, args };
  expect(objects.filter(({ ph }) => ph === 'X')).toEqual([event]);
});

test('samples are counters of their node, GPUs and cores of one metric together', async () => {
  const samples = [
    row('GPUUtilization', 'gpu0', 1, 90),
    row('', 'MemoryUsedPercent', 1.5, 20, 'memory'),
    row('Algorithm', 'ReceiveBytesPerSecond', 2, 1000, 'network'),
  ];
  const objects = await written(runOf([], samples));
  expect([...processNames(objects).values()]).toEqual(['system algo-1']);
  expect(objects.filter(({ ph }) => ph === 'C')).toEqual([
    { ph: 'C', name: 'GPUUtilization', pid: 2_000_000, ts: 1e6, args: { gpu0: 90 } },
    { ph: 'C', name: 'memory MemoryUsedPercent', pid: 2_000_000, ts: 1.5e6, args: { value: 20 } },
    { ph: 'C', name: 'network Algorithm ReceiveBytesPerSecond', pid: 2_000_000, ts: 2e6, args: { value: 1000 } },
  ]);
});

test('a GPU below 85 % is marked, with what the node did within 20 ms; counters go on behind the last mark', async () => {
  const samples = [
    row('CPUUtilization', 'cpu0', 0.97, 1, 'cpu'),
    row('CPUUtilization', 'cpu1', 0.985, 2, 'cpu'),
    row('GPUUtilization', 'gpu0', 1, 84.9),
    row('GPUMemoryUtilization', 'gpu0', 1, 30),
    { ...row('CPUUtilization', 'cpu3', 1.01, 9, 'cpu'), node: 'algo-2' },
    row('CPUUtilization', 'cpu2', 1.019, 3, 'cpu'),
    row('GPUUtilization', 'gpu0', 2, 85),
  ];
  const objects = await written(runOf([], samples));
  const near = { 'cpu1 CPUUtilization': 2, 'cpu2 CPUUtilization': 3 };
  expect(objects.filter(({ ph }) => ph === 'i')).toEqual([
    {
      ...{ ph: 'i', name: 'low GPU utilization', pid: 2_000_000, ts: 1e6, s: 'p' },
      args: { ...near, 'gpu0 GPUUtilization': 84.9, 'gpu0 GPUMemoryUtilization': 30 },
    },
  ]);
  expect(objects.at(-1)).toMatchObject({ ph: 'C', ts: 2e6 });
});

test('a window keeps what touches it; kinds keep what comes from their files', async () => {
  const events = [0, 1, 2, 3].map((second) => ({ ts: second * 1e6, dur: 1e6 }));
  const samples = [0, 1, 2, 3].map((second) => row('GPUUtilization', 'gpu0', second, 90));
  const run = runOf(
    [{ events }, { events: [{ ts: 2e6, dur: 5, name: 'kAllReduce' }], label: 'DetailedframeworkMetrics' }],
    samples,
  );
  const times = (objects: readonly TraceObject[], wanted: string) => objects.flatMap(({ ph, ts }) => (ph === wanted ? ts : []));
  const some = await written(run, { startSeconds: 2, endSeconds: 2.5 });
  expect([times(some, 'X'), times(some, 'C')]).toEqual([[1e6, 2e6, 2e6], [2e6]]);
  const model = await written(run, ALL, ['model']);
  expect(model.filter(({ ph }) => ph !== 'M').map(({ name }) => name)).toEqual(['kAllReduce']);
  expect(timelineOf(run, ALL, TIMELINE_KINDS).fileName).toBe('4000000_algo-1-27_merged_timeline.json');
  expect(timelineOf(run, ALL, ['system']).fileName).toBe('3000000_algo-1_merged_timeline.json');
});

test('everything is sorted, has what viewers need, and lies within or beside its neighbours in every lane', async () => {
  const event = fc.record({ ts: fc.nat(50), dur: fc.nat(20), tid: fc.nat(2) });
  const sample = fc.record({ at: fc.nat(50), value: fc.nat(100) });
  await fc.assert(
    fc.asyncProperty(fc.array(event), fc.array(sample), async (events, samples) => {
      const rows = samples.map(({ at, value }) => row('GPUUtilization', 'gpu0', at / 1e6, value));
      const objects = await written(runOf([{ events }], rows));
      const drawn = objects.filter(({ ph }) => ph !== 'M');
      expect(drawn.map(({ ts }) => ts)).toEqual(drawn.map(({ ts }) => ts).sort((a, b) => a - b));
      expect(objects.every(({ ph, pid, ts, name }) => [typeof ph, typeof pid, typeof ts, typeof name].join() === SHAPE)).toBe(
        true,
      );
      const whole = drawn.filter(({ ph }) => ph === 'X');
      for (const lane of Map.groupBy(whole, ({ tid }) => tid).values()) {
        for (const [i, { ts, dur = 0 }] of lane.entries()) {
          for (const other of lane.slice(i + 1)) {
            const isApart = other.ts >= ts + dur;
            expect(isApart || other.ts + (other.dur ?? 0) <= ts + dur).toBe(true);
          }
        }
      }
    }),
    { numRuns: 200 },
  );
});

const SHAPE = 'string,number,number,string';
