import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { exampleJob, profilerOutput } from '../fixtures/example-job/index.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { type SageMakerStub, startSageMakerStub } from '../sagemaker-stub.ts';
import { command, newFolder } from './command.ts';
import { contentsOf } from './jobs.ts';

const files = [...profilerOutput({ ...exampleJob, minutes: 6, nodes: 1, gpusPerNode: 1, coresPerNode: 2 })];
const fine = { code: 0, stderr: '' };

describe.skipIf(!hasMoto)('raw profiler output on S3', () => {
  let moto: Moto;
  let sagemaker: SageMakerStub;
  let env: Record<string, string>;

  beforeAll(async () => {
    moto = await startMoto();
    sagemaker = await startSageMakerStub({
      'train-1': {
        ProfilerConfig: { S3OutputPath: 's3://jobs/' },
        ProfilerRuleConfigurations: [
          { RuleConfigurationName: 'ProfilerReport', RuleParameters: { CPUBottleneck_threshold: '60', Batchsize_windo: '7' } },
        ],
      },
      'train-2': {},
    });
    env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint, AWS_ENDPOINT_URL_SAGEMAKER: sagemaker.endpoint };
    await moto.fill(
      'jobs',
      files.map(([path, text]) => [`train-1/profiler-output/${path}`, text] as const),
    );
  });
  afterAll(async () => {
    await moto?.stop();
    await sagemaker?.stop();
  });

  test('gives the same as a folder', async () => {
    const place = newFolder();
    expect(await command(['analyze', 's3://jobs/train-1', '-o', place, '-q'], { env })).toEqual({ ...fine, stdout: '' });
    const written = contentsOf(place);
    expect(written.size).toBe(12);
    expect(JSON.parse(written.get('findings.json') ?? '')).toMatchObject({
      job: { name: 'train-1', source: 's3://jobs/train-1/profiler-output' },
      damage: [],
      ended: true,
    });
  });

  test('writes beside profiler-output/, and again over its own', async () => {
    for (const _ of [1, 2]) expect(await command(['analyze', 's3://jobs/train-1'], { env })).toMatchObject(fine);
    const found = await moto.client.send(new ListObjectsV2Command({ Bucket: 'jobs', Prefix: 'train-1/profiler-report/' }));
    expect(found.Contents).toHaveLength(12);
  });

  test("uses the job's own limits, and tells of one that is none", async () => {
    const { stdout } = await command(['analyze', '--training-job', 'train-1', '-o', newFolder(), '--json'], { env });
    const found = JSON.parse(stdout).rules.find(({ rule }: { rule: string }) => rule === 'CPUBottleneck');
    expect(found.parameters[0]).toEqual({ name: 'threshold', value: '60', default: '50', changed: true });
    const doctor = await command(['doctor', '--training-job', 'train-1', '--compat'], { env });
    expect(doctor.stdout).toContain('rule parameters at Batchsize_windo: is no parameter of a rule: write BatchSize_window\n');
  });

  test('a job that was not profiled is told in one line', async () => {
    const { code, stderr } = await command(['analyze', '--training-job', 'train-2'], { env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'profiler-report: training job train-2 ran without the profiler and without the ProfilerReport rule: name the folder yourself if there is one.\n',
    });
  });
});
