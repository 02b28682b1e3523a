import { expect, test } from 'vitest';
import { frameworkEventsReader } from '../../src/formats/framework-events.ts';
import type { FrameworkEvents } from '../../src/model/framework-events.ts';
import { readRun } from '../raw-run.ts';
import { hasShared, shared } from '../shared.ts';

test('an event gets its time from the base, its phase and step from the file', () => {
  const reader = frameworkEventsReader();
  reader.open({ path: 'a', label: 'PythontimelineMetrics', worker: 'algo-1-27', endMicros: 0 });
  reader.push(
    new TextEncoder().encode(`[
{"name": "process_name", "ph": "M", "pid": 0, "args": {"start_time_since_epoch_in_micros": 1700000000000000}},
{"name": "process_name", "ph": "M", "pid": 0, "args": {"name": "Step:ModeKeys.TRAIN"}},
{"name": "step", "ph": "X", "ts": 5, "dur": 7, "pid": 0, "args": {"pid": 27, "step_num": "3"}}
]`),
  );
  reader.close();
  const { events } = reader.finish();
  expect(events.count).toBe(1);
  expect([...events.startMicros]).toEqual([1700000000000005]);
  expect(events.phases[events.phase[0] as number]).toBe('Step:ModeKeys.TRAIN');
  expect(events.steps[events.step[0] as number]).toBe('3');
});

test.skipIf(!hasShared).each([
  ['model_timeline_traces', 109, [1590461127873222, 1590461139949971], 54],
  ['horovod_timeline_traces', 19, [1593673051472800, 1593673051473100], 15],
  ['test_traces', 4, [0, 2e15], 4],
  ['merge_traces', 702, [1594662618874598, 1594662623418701], 231],
] as const)('%s: %i events', async (name, count, [from, to], within) => {
  const { events } = await readRun(shared(`samples/reader-cases/${name}`));
  expect(events.count).toBe(count);
  expect(inRange(events, from, to)).toBe(within);
});

/** An event is in a range unless it ends before or starts after. */
function inRange({ startMicros, durationMicros }: FrameworkEvents, from: number, to: number): number {
  return startMicros.filter((start, i) => start <= to && start + (durationMicros[i] as number) >= from).length;
}
