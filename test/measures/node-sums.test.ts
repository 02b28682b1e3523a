import { expect, test } from 'vitest';
import { nodeSums } from '../../src/measures/node-sums.ts';
import { scansOf } from '../../src/rules/scans.ts';
import { samplesOf } from '../made-up-samples.ts';
import { smallRun } from '../small-run.ts';

test('sums are of one moment of one scan: a row on the edge of two is in both', () => {
  const { metrics, ...run } = smallRun({
    samples: samplesOf({ ticks: 130, offset: 0.998, cores: 2, cpu: (tick, core) => tick + core }),
  });
  const scans = scansOf({ metrics, ...run }, 'compat');
  const { nodes, namesSoFar } = nodeSums({ metrics, scans, skipRepeats: false }, 'CPUUtilization');
  const cpu = nodes.get('algo-1');
  expect([...(cpu?.counts ?? [])]).toEqual([60, 121]);
  expect([...(cpu?.values.subarray(58, 62) ?? [])]).toEqual([117, 119, 119, 121]);
  expect([cpu?.names, ...namesSoFar]).toEqual([2, 2, 2]);
});

test('only the rows with a name, where one is asked for', () => {
  const { metrics, ...run } = smallRun({ samples: samplesOf({ ticks: 3, cores: 2, cpu: (tick, core) => tick + core }) });
  const scanned = { metrics, scans: scansOf({ metrics, ...run }, 'fixed'), skipRepeats: true };
  expect([...(nodeSums(scanned, 'CPUUtilization', 'cpu1').nodes.get('algo-1')?.values ?? [])]).toEqual([1, 2, 3]);
  expect(nodeSums(scanned, 'CPUUtilization', 'cpu7').nodes.size).toBe(0);
});
