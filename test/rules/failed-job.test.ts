import { expect, test } from 'vitest';
import type { LogLine, Subject } from '../../src/model/monitored.ts';
import { monitor } from '../../src/monitor.ts';
import { minutes } from '../endpoint.ts';
import { monitoredEndpoint, START, seriesOf } from '../monitored.ts';

const JOB = 'features';
const KILLED = 'AlgorithmError: , exit code: 137';

interface Given {
  readonly subject?: Partial<Subject>;
  readonly memory?: readonly (number | undefined)[];
  readonly disk?: readonly (number | undefined)[];
  readonly lines?: readonly LogLine[];
  readonly parameters?: Record<string, string>;
}

async function judged(rule: string, { subject, memory = [], disk = [], lines = [], parameters = {} }: Given) {
  const of = (metric: 'MemoryUtilization' | 'DiskUtilization', values: readonly (number | undefined)[]) =>
    seriesOf({
      metric,
      statistic: 'Average',
      namespace: '/aws/sagemaker/ProcessingJobs',
      dimensions: { Host: `${JOB}/algo-1` },
      periods: values.length,
      value: (i) => values[i],
    });
  const series = [of('MemoryUtilization', memory), of('DiskUtilization', disk)].filter(({ values }) => values.length > 0);
  const made = monitoredEndpoint({ series, lines });
  const job = { ...made, subject: { kind: 'processing job' as const, name: JOB, variants: [], phases: [], ...subject } };
  const { report } = await monitor(job, { parameters });
  const result = report.rules.find((one) => one.rule === rule);
  const spans = (result?.issues ?? []).flatMap((issue) =>
    issue.spans.map((span) => [(span.startSeconds - START) / 60, (span.endSeconds - START) / 60]),
  );
  return { ...result, spans, first: report.rules[0]?.rule };
}

test('a failed job is an issue, before all others, with the reason', async () => {
  const result = await judged('FailedJob', {
    subject: { status: 'Failed', failureReason: 'AlgorithmError: no such \u202efile' },
    memory: minutes(10, 30),
  });
  expect(result).toMatchObject({ verdict: 'issue', reason: 'failed', first: 'FailedJob', issues: [{ spans: [] }] });
  expect(result.finding).toBe('It failed: AlgorithmError: no such \\u202efile.');
  expect((await judged('FailedJob', { subject: { failureReason: 'x'.repeat(5000) } })).finding).toMatch(/^It failed: x{400}…$/);
  expect((await judged('FailedJob', { subject: { status: 'Failed' } })).finding).toContain('SageMaker tells no reason.');
});

test('killed with memory nearly full is likely for want of memory', async () => {
  const result = await judged('FailedJob', {
    subject: { status: 'Failed', failureReason: KILLED },
    memory: [...minutes(10, 30), 81, 91],
  });
  expect(result.reason).toBe('failed, likely out of memory');
  expect(result.finding).toContain(
    `It failed: ${KILLED}. Up to 91 % of the memory of algo-1 was in use. It likely ran out of memory.`,
  );
  expect(result.action).toContain('more memory');
  expect(result.spans).toEqual([[10, 12]]);
  const room = await judged('FailedJob', { subject: { status: 'Failed', failureReason: KILLED }, memory: minutes(12, 80) });
  expect(room.reason).toBe('failed');
});

test('what the reason or the log say of memory is believed', async () => {
  const reason = await judged('FailedJob', { subject: { status: 'Failed', failureReason: 'CUDA out of memory' } });
  expect(reason.reason).toBe('failed, out of memory');
  const lines = [{ seconds: START, stream: 'features/algo-1', message: 'MemoryError: Unable to allocate 3 GiB' }];
  const log = await judged('FailedJob', { subject: { status: 'Failed', failureReason: 'exit code 1' }, lines });
  expect(log.reason).toBe('failed, likely out of memory');
});

test('a job that ended well is fine, and nobody knows of one that has not ended', async () => {
  const of = async (status?: string) => {
    const { verdict, reason } = await judged('FailedJob', { subject: status === undefined ? {} : { status } });
    return [verdict, reason];
  };
  expect(await of('Completed')).toEqual(['ok', 'completed']);
  expect(await of('Stopped')).toEqual(['ok', 'stopped']);
  expect(await of('InProgress')).toEqual(['not judged', 'not over']);
  expect(await of()).toEqual(['not judged', 'status not known']);
});

test('memory of a host that is nearly full for long is an issue', async () => {
  const result = await judged('HostMemory', { memory: [...minutes(10, 90), ...minutes(5, 95)], disk: minutes(15, 3) });
  expect(result).toMatchObject({ verdict: 'issue', reason: 'memory nearly full', spans: [[10, 15]] });
  expect(result.finding).toMatch(/^More than 90 % of memory was in use on algo-1, for up to 5 min, at most 95 %\./);
  const short = { memory: [...minutes(10, 90), ...minutes(4, 95)] };
  expect(await judged('HostMemory', short)).toMatchObject({ verdict: 'ok', reason: 'full for a short time only' });
  expect(await judged('HostMemory', { memory: minutes(9, 90) })).toMatchObject({ verdict: 'ok', reason: 'room to spare' });
  const last = { ...short, subject: { status: 'Failed' } };
  expect(await judged('HostMemory', last)).toMatchObject({ verdict: 'issue', spans: [[10, 14]] });
  expect((await judged('HostMemory', { ...last, memory: [...short.memory, 20] })).verdict).toBe('ok');
  const lower = await judged('HostMemory', { ...short, parameters: { HostMemory_memory: '89' } });
  expect(lower.verdict).toBe('issue');
  const disk = await judged('HostMemory', { memory: minutes(9, 5), disk: minutes(9, 95) });
  expect(disk).toMatchObject({ reason: 'disk nearly full', action: expect.stringContaining('VolumeSizeInGB') });
});

test('room on the disk is none in memory', async () => {
  expect(await judged('HostMemory', { disk: minutes(9, 5) })).toMatchObject({
    verdict: 'not judged',
    reason: 'memory not known',
    finding: expect.stringContaining('CloudWatch has no MemoryUtilization of them.'),
  });
  expect(await judged('HostMemory', {})).toMatchObject({ verdict: 'not judged', reason: 'no memory metrics' });
});
