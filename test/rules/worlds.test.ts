import { expect, test } from 'vitest';
import type { Monitored } from '../../src/model/monitored.ts';
import { runEndpointRules, statisticsFor } from '../../src/rules/run-rules.ts';
import { fetched, serving } from '../cloudwatch/fetched.ts';
import { BAD_MINUTES, MULTI_MODEL, multiModelWorld, PIPELINE, pipelineWorld } from '../cloudwatch/worlds.ts';
import { START } from '../monitored.ts';

/** Verdict and reason of each rule, and where its issues are. */
function told(monitored: Monitored): Record<string, readonly [string, ...unknown[]]> {
  const outcomes = runEndpointRules({ kind: 'endpoint', monitored }, new Map());
  return Object.fromEntries(
    [...outcomes].map(([rule, { judgement, issues }]) => {
      const places = issues.map(({ node, device }) => [node, device].filter((part) => part !== undefined).join(' '));
      return [rule, [`${judgement?.verdict}: ${judgement?.reason}`, ...new Set(places)]];
    }),
  );
}

test('a pipeline of which one variant fails for an hour', async () => {
  const world = pipelineWorld();
  await serving(world);
  const monitored = await fetched(world, { kind: 'endpoint', name: PIPELINE });
  expect(told(monitored)).toEqual({
    HighErrorRate: ['issue: 5XX errors and model errors', 'green'],
    LatencyOverTarget: ['ok: within the target'],
    InsufficientMemory: ['ok: room to spare'],
    OverheadDominates: ['ok: little overhead'],
    ContainerDominates: ['issue: embed dominates', 'blue embed', 'green rank', 'green embed'],
    UnevenVariants: ['issue: errors differ', 'green'],
    ColdStarts: ['not judged: no cold starts'],
    IdleEndpoint: ['ok: in use'],
  });
  const [errors] = runEndpointRules({ kind: 'endpoint', monitored }, new Map()).get('HighErrorRate')?.issues ?? [];
  const { from, until } = BAD_MINUTES;
  expect(errors?.spans).toEqual([{ startSeconds: START + from * 60, endSeconds: START + until * 60 }]);
});

test('many models in one container, and a serverless variant beside them', async () => {
  const world = multiModelWorld();
  await serving(world);
  expect(told(await fetched(world, { kind: 'endpoint', name: MULTI_MODEL }))).toEqual({
    HighErrorRate: ['ok: few errors'],
    LatencyOverTarget: ['ok: within the target'],
    InsufficientMemory: ['ok: room to spare'],
    OverheadDominates: ['issue: more overhead than model', 'rare'],
    ContainerDominates: ['not judged: no pipeline'],
    UnevenVariants: ['ok: alike'],
    ColdStarts: ['issue: set-up of compute', 'rare'],
    IdleEndpoint: ['ok: in use'],
  });
});

test('what a limit is about is asked for', async () => {
  const parameters = { latencyovertarget_percentile: '99.9', LatencyOverTarget_target: '1' };
  const statistics = statisticsFor(parameters);
  expect(statistics).toEqual([
    { metric: 'ModelLatency', statistic: 'p99.9' },
    { metric: 'OverheadLatency', statistic: 'p99.9' },
  ]);
  const world = pipelineWorld({ minutes: 20 });
  await serving(world);
  const monitored = await fetched(world, { kind: 'endpoint', name: PIPELINE, statistics });
  const given = new Map([['LatencyOverTarget', new Map(Object.entries({ percentile: '99.9', target: '1' }))]]);
  const judgement = runEndpointRules({ kind: 'endpoint', monitored }, given).get('LatencyOverTarget')?.judgement;
  expect(judgement?.finding).toMatch(/^blue: The p99\.9 of model and overhead latency, added, was above 1 ms/);
});
