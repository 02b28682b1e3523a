import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hugeFiles, largeCluster, manyBottlenecks, writeJob } from './fixtures/example-job/index.ts';

const command = join(import.meta.dirname, '..', 'dist', 'cli.js');
const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test.each([
  ['8 nodes with 8 GPUs', largeCluster, 1e6, 1.6e6],
  ['more than 100,000 bottlenecks', manyBottlenecks, 5e6, 1e6],
  ['more than 50 MB of rule files', hugeFiles, 50e6, 1e6],
])('%s give a report that a browser takes in', (name, plan, bytes, most) => {
  const job = join(scratch, name.replaceAll(' ', '-'));
  writeJob(job, plan);
  expect(statSync(join(job, 'profiler-reports', 'CPUBottleneck.json')).size).toBeGreaterThan(bytes);
  const { status, stderr } = spawnSync(process.execPath, [command, 'generate', job, '--quiet'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(statSync(join(job, 'profiler-report.html')).size).toBeLessThan(most);
});
