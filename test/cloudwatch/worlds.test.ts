import { expect, test } from 'vitest';
import type { SubjectKind } from '../../src/model/monitored.ts';
import type { Report } from '../../src/model/report.ts';
import { fetched, reported, serving } from './fetched.ts';
import type { World } from './world.ts';
import {
  MULTI_MODEL,
  multiModelWorld,
  PIPELINE,
  PROCESSING,
  pipelineWorld,
  processingWorld,
  TRAINING,
  TRANSFORM,
  trainingWorld,
  transformWorld,
} from './worlds.ts';

async function reportOf(world: World, kind: SubjectKind, name: string): Promise<Report> {
  await serving(world);
  return reported(await fetched(world, { kind, name, logs: true }));
}

/** Rules with an issue, and where it is: `HighErrorRate green`. */
function found({ rules }: Report): string[] {
  const places = rules.flatMap(({ rule, issues = [] }) =>
    issues.map(({ node, device }) => [rule, node, device].filter((part) => part !== undefined).join(' ')),
  );
  return [...new Set(places)].sort();
}

test('a pipeline: the variant that fails and the container that dominates are named', async () => {
  const report = await reportOf(pipelineWorld(), 'endpoint', PIPELINE);
  // Of green, `rank` dominates while it fails, `embed` before.
  expect(found(report)).toEqual([
    'ContainerDominates blue embed',
    'ContainerDominates green embed',
    'ContainerDominates green rank',
    'HighErrorRate green',
    'UnevenVariants green',
  ]);
  const errors = report.rules.find(({ rule }) => rule === 'HighErrorRate');
  expect(errors?.issues?.[0]?.evidence).toContain('5XX');
  expect(report.sections.map(({ id }) => id)).toContain('logs');
});

test('many models and a serverless variant: cold starts and their overhead are named', async () => {
  const report = await reportOf(multiModelWorld(), 'endpoint', MULTI_MODEL);
  expect(found(report)).toEqual(['ColdStarts rare', 'OverheadDominates rare']);
});

test('a training job on two hosts: its idle GPUs are named, at the resolution of a minute', async () => {
  const report = await reportOf(trainingWorld(), 'training job', TRAINING);
  expect(found(report)).toEqual(['LowGPUUtilization algo-1 GPUs', 'LowGPUUtilization algo-2 GPUs']);
  expect(new Set(report.rules.map(({ resolutionSeconds }) => resolutionSeconds))).toEqual(new Set([60]));
  const text = JSON.stringify(report.sections);
  for (const phase of ['Downloading', 'Uploading']) expect(text).toContain(phase);
});

test('a transform job: utilization of its instance', async () => {
  const report = await reportOf(transformWorld(), 'transform job', TRANSFORM);
  expect(report.job.nodes).toEqual(['i-0a9b8c7d6e5f4a3b2']);
});

test('a processing job that failed: why, and its last words', async () => {
  const report = await reportOf(processingWorld(), 'processing job', PROCESSING);
  const text = JSON.stringify(report.sections);
  expect(text).toContain('exit code: 137');
  expect(text).toContain('MemoryError');
  expect(found(report)).toEqual(['FailedJob algo-1', 'HostMemory algo-1']);
  expect(report.rules[0]).toMatchObject({ rule: 'FailedJob', reason: 'failed, likely out of memory' });
});
