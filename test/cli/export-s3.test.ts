import { GetObjectCommand } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { exampleJob, profilerOutput } from '../fixtures/example-job/index.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { command } from './command.ts';

const files = [...profilerOutput({ ...exampleJob, minutes: 2, nodes: 1, gpusPerNode: 1, coresPerNode: 2 })];

describe.skipIf(!hasMoto)('export from S3 to S3', () => {
  let moto: Moto;
  let env: Record<string, string>;

  beforeAll(async () => {
    moto = await startMoto();
    env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint };
    await moto.fill(
      'jobs',
      files.map(([path, text]) => [`train-1/profiler-output/${path}`, text] as const),
    );
    await moto.fill('tables', []);
  });
  afterAll(() => moto?.stop());

  test('writes Parquet that can be read, with its content type, and nothing over it unasked', async () => {
    const args = ['export', 's3://jobs/train-1', '-o', 's3://tables/a', '--format', 'parquet', '--tables', 'system', '-q'];
    expect(await command(args, { env })).toEqual({ code: 0, stdout: '', stderr: '' });
    const { Body, ContentType } = await moto.client.send(new GetObjectCommand({ Bucket: 'tables', Key: 'a/system.parquet' }));
    expect(ContentType).toBe('application/vnd.apache.parquet');
    const bytes = (await Body?.transformToByteArray()) as Uint8Array;
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    });
    const lines = files.flatMap(([path, text]) =>
      path.startsWith('system/incremental') ? text.toString().trim().split('\n') : [],
    );
    expect(rows).toHaveLength(lines.length);
    const sum = lines.reduce((total, line) => total + JSON.parse(line).Value, 0);
    expect(rows.reduce((total, { value }) => total + value, 0) / sum).toBeCloseTo(1, 9);

    const { code, stderr } = await command(args, { env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'profiler-report: system.parquet in s3://tables/a is there already: choose another place with -o, or overwrite with --force.\n',
    });
  });
});
