import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readProfilerOutput } from '../../src/formats/profiler-output.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { Store } from '../../src/model/store.ts';
import { localStore } from '../../src/stores/local.ts';
import { exampleJob, profilerOutput } from '../fixtures/example-job/index.ts';
import { memoryStore } from '../memory-store.ts';
import { hasShared, shared } from '../shared.ts';

const job = Object.fromEntries(
  [...profilerOutput({ ...exampleJob, minutes: 3 })].map(([path, text]) => [`job-1/profiler-output/${path}`, text]),
);
const paths = Object.keys(job);
const text = (path: string) => String(job[path] ?? '');
const read = paths.filter((path) => !path.endsWith('.ts'));
const first = paths.find((path) => path.includes('/system/')) as string;

/** The same store; reading these files fails after some bytes. */
function failing(store: Store, ...failed: readonly string[]): Store {
  const refuse = (path: string) => new UsageError(`cannot read ${path}: permission denied.`);
  return {
    ...store,
    read: (path) => (failed.includes(path) ? Promise.reject(refuse(path)) : store.read(path)),
    async *readChunks(path) {
      yield* store.readChunks(path);
      if (failed.includes(path)) throw refuse(path);
    },
  };
}

test('reads everything of the example job, and tells what', async () => {
  const progress: number[] = [];
  const { run, folder, source, inputs, trainingJobName } = await readProfilerOutput(memoryStore(job), {
    shownAs: '~/jobs',
    onProgress: (done, total) => void progress.push(done / total),
  });
  expect({ folder, source, trainingJobName }).toEqual({
    folder: 'job-1/profiler-output',
    source: '~/jobs/job-1/profiler-output',
    trainingJobName: 'job-1',
  });
  const { metrics, events } = run;
  expect(metrics.nodes).toEqual(['algo-1', 'algo-2']);
  expect(metrics.files.length + events.files.length + run.profiles.length).toBe(read.length);
  const lines = paths.filter((path) => path.includes('/system/')).map((path) => text(path).split('\n').length);
  expect(metrics.firstRow[metrics.batchCount]).toBe(lines.reduce((sum, count) => sum + Math.max(0, count - 1), 0));
  expect(events.workers).toHaveLength(8);
  expect(run).toMatchObject({ ended: true, damage: [] });
  expect(inputs[0]).toMatchObject({ file: 'system metrics of algo-1', status: 'read', detail: '3 files' });
  expect(progress.at(-1)).toBe(1);
  expect(progress).toHaveLength(read.length);
});

test.each([1, 7, 100])('gives the same from pieces of %i bytes', async (chunkBytes) => {
  const small = { [first]: text(first).slice(0, 20_000) };
  // Told to be larger than what is read whole.
  const listed = (store: Store): Store => ({
    ...store,
    async *list() {
      for await (const entry of store.list()) yield { ...entry, bytes: 2 ** 21 };
    },
  });
  const whole = await readProfilerOutput(memoryStore(small));
  const pieces = await readProfilerOutput(listed(memoryStore(small, '/job', chunkBytes)));
  expect(pieces.run.metrics.batchCount).toBeGreaterThan(10);
  expect(pieces.run.metrics.seconds).toEqual(whole.run.metrics.seconds);
  expect(pieces.run.metrics.firstRow).toEqual(whole.run.metrics.firstRow);
});

describe('damage', () => {
  test('a file that cannot be read costs itself and is told', async () => {
    const { run, inputs } = await readProfilerOutput(failing(memoryStore(job), first));
    expect(run.damage).toEqual([
      {
        kind: 'unreadable file',
        file: first,
        count: 1,
        detail: `Left out from where it cannot be read: cannot read ${first}: permission denied.`,
      },
    ]);
    expect(run.metrics.files).toHaveLength(5);
    expect(inputs[0]).toMatchObject({ status: 'read', detail: '3 files, 1 of them cannot be read' });
  });

  test('what was read before a large file broke off is kept', async () => {
    const large = { [first]: text(first).repeat(12) };
    expect(large[first]?.length).toBeGreaterThan(2 ** 20);
    const { run } = await readProfilerOutput(failing(memoryStore(large), first));
    expect(run.metrics.batchCount).toBeGreaterThan(100);
    expect(run.damage.map(({ kind }) => kind)).toContain('unreadable file');
  });

  test('empty files are counted', async () => {
    const { run } = await readProfilerOutput(memoryStore({ ...job, [first]: '' }));
    expect(run.damage).toMatchObject([{ kind: 'empty file', file: first, count: 1 }]);
  });

  test('a trace whose compression is damaged costs itself', async () => {
    const trace = 'job-1/profiler-output/framework/tensorflow/detailed_profiling/1/5/plugins/profile/1/host.trace.json.gz';
    const bytes = gzipSync(JSON.stringify({ traceEvents: [{ ph: 'X', name: 'a', pid: 1, ts: 1, dur: 1 }] }));
    const whole = await readProfilerOutput(memoryStore({ ...job, [trace]: bytes }));
    const without = await readProfilerOutput(memoryStore(job));
    expect(whole.run.events.count).toBe(without.run.events.count + 1);
    // No such type of block.
    const damaged = Uint8Array.from(bytes, (byte, i) => (i === 10 ? 0x07 : byte));
    const { run } = await readProfilerOutput(memoryStore({ ...job, [trace]: damaged }));
    expect(run.damage).toMatchObject([{ kind: 'unreadable file', file: trace }]);
  });
});

describe('wrong use', () => {
  test('nothing there', () =>
    expect(readProfilerOutput(memoryStore({ 'train.py': '' }, '/job'))).rejects.toThrow(
      "no raw profiler output (system/, framework/) in /job or below: name a job's profiler-output/ folder, or any folder above it.",
    ));

  test('nothing that can be read', async () => {
    const broken = memoryStore({ 'system/1700000040.algo-1.json': '{"Type": ' }, '/job');
    await expect(readProfilerOutput(broken)).rejects.toThrow(
      /^none of the 1 file of raw profiler output in \/job can be read \(.+\)\.$/,
    );
    await expect(readProfilerOutput(failing(memoryStore({ [first]: text(first) }), first))).rejects.toThrow(
      /permission denied\)\.$/,
    );
  });

  test('a bug is no damage', () => {
    const store = { ...memoryStore(job), read: () => Promise.reject(new TypeError('a bug')) };
    return expect(readProfilerOutput(store)).rejects.toThrow(TypeError);
  });
});

describe.skipIf(!hasShared)('real files', () => {
  test.each([
    ['samples/two-node-pytorch', { workers: ['algo-1-47', 'algo-2-47'], profiles: 42, ended: true }],
    ['samples/reader-cases/test_traces', { workers: ['4487'], profiles: 0, ended: false }],
    ['samples/reader-cases/tfprofiler_timeline_traces', { workers: ['8c859046be41'], profiles: 3, ended: false }],
  ])('%s reads whole', async (folder, expected) => {
    const { run } = await readProfilerOutput(localStore(shared(folder)));
    expect({ workers: run.events.workers.toSorted(), profiles: run.profiles.length, ended: run.ended }).toEqual(expected);
  });

  test('the TensorFlow trace has 798 events, placed in time by its metadata', async () => {
    const { run } = await readProfilerOutput(localStore(shared('samples/reader-cases/tfprofiler_timeline_traces')));
    expect(run.events.count).toBe(798);
    expect(Math.min(...run.events.startMicros)).toBeGreaterThan(1596659864545102);
  });
});

test('names with control characters are told as escapes wherever they stand', async () => {
  const line =
    '{"Type":"cpu","Name":"cpu\\u001b[31m","Dimension":"CPUUtilization","Value":1,"NodeId":"algo\\n1","Timestamp":1700000040.5}\n';
  const { run } = await readProfilerOutput(memoryStore({ 'system/1700000040.algo-1.json': line.repeat(2) }));
  expect(run.metrics.nodes).toEqual(['algo\\u000a1']);
  expect(run.metrics.names).toEqual(['cpu\\u001b[31m']);
  expect(run.damage.length).toBeGreaterThan(0);
  for (const { detail } of run.damage) expect(detail).not.toMatch(/\p{Cc}/u);
});
