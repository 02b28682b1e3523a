import { expect, test } from 'vitest';
import { gpuTicks } from '../../src/measures/gpu-ticks.ts';
import { scansOf } from '../../src/rules/scans.ts';
import { type MadeUpNode, START, samplesOf } from '../made-up-samples.ts';
import { smallRun } from '../small-run.ts';

const LIMITS = { dimension: 'CPUUtilization', core: 90, gpu: 10 };

function ticks(node: MadeUpNode) {
  const run = smallRun({ samples: samplesOf(node) });
  return gpuTicks({ metrics: run.metrics, scans: scansOf(run, 'fixed'), skipRepeats: true }, LIMITS).get('algo-1') ?? [];
}

test('the cores of a tick are those sampled next to it, also across the edge of a minute', () => {
  const found = ticks({ ticks: 3, offset: 58.999, cores: 2, cpu: (tick, core) => (tick + core > 0 ? 95 : 5) });
  expect(found.map(({ seconds, scan, cores }) => [seconds, scan, cores])).toEqual([
    [START + 58.999, 0, 1],
    [START + 59.999, 0, 2],
    [START + 60.999, 1, 2],
  ]);
});

test('a tick without a sample of the cores within half an interval has none', () => {
  const every = (n: number) => (tick: number) => (tick % n === 0 ? 95 : undefined);
  expect(ticks({ ticks: 6, interval: 0.1, cpu: every(2) }).map(({ sampledCores }) => sampledCores)).toEqual([1, 0, 1, 0, 1, 0]);
  expect(ticks({ ticks: 2, cores: 0 }).map(({ cores, sampledCores }) => [cores, sampledCores])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});
