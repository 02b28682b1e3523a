import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { serviceNotebook, servicePage } from '../opt-out/reports.ts';
import { command } from './command.ts';

const CALL = 'setup_profiler_report(arn)';

describe.skipIf(!hasMoto)('opt-out on S3', () => {
  let moto: Moto;
  let env: Record<string, string>;

  beforeAll(async () => {
    moto = await startMoto();
    env = { ...testKeys, AWS_ENDPOINT_URL_S3: moto.endpoint };
    await moto.fill('jobs', [
      ['a/profiler-report.ipynb', serviceNotebook(CALL)],
      ['a/other.html', '<p>other</p>'],
      ['b.html/profiler-report.html', servicePage()],
      ['top.html', servicePage()],
    ]);
    const kept = { ContentType: 'text/html; charset=utf-8', CacheControl: 'no-cache', Metadata: { owner: 'team-a' } };
    const body = { Body: servicePage(), StorageClass: 'STANDARD_IA', ServerSideEncryption: 'AES256' } as const;
    await moto.client.send(new PutObjectCommand({ Bucket: 'jobs', Key: 'a/b/profiler-report.html', ...kept, ...body }));
  });
  afterAll(() => moto?.stop());

  const objectAt = async (Key: string) => {
    const { Body, ...rest } = await moto.client.send(new GetObjectCommand({ Bucket: 'jobs', Key }));
    return { ...rest, text: await Body?.transformToString() };
  };

  test('a prefix: reports lose their beacon and keep what stands with them, others keep their very version', async () => {
    const other = await objectAt('a/other.html');
    const dry = await command(['opt-out', '--dry-run', 's3://jobs/a/'], { env });
    expect(dry).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Would change 2 of 2 reports') });
    expect((await objectAt('a/profiler-report.ipynb')).text).toBe(serviceNotebook(CALL));

    const { code, stdout, stderr } = await command(['opt-out', 's3://jobs/a'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('s3://jobs/a/b/profiler-report.html\n  removed the hidden picture\n');
    expect(stdout).toContain('Changed 2 of 2 reports.');
    expect(await objectAt('a/b/profiler-report.html')).toMatchObject({
      text: servicePage(''),
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
      Metadata: { owner: 'team-a' },
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'AES256',
    });
    expect((await objectAt('a/profiler-report.ipynb')).text).toBe(serviceNotebook(CALL.replace(')', ', opt_out=True)')));
    expect((await objectAt('a/other.html')).LastModified).toEqual(other.LastModified);
    expect(await command(['opt-out', 's3://jobs/a'], { env })).toMatchObject({ stdout: 'Nothing to change in 2 reports.\n' });
  });

  test('single objects, twice the same, a prefix that is called like one, and one that is not there', async () => {
    const places = [
      's3://jobs/top.html',
      's3://jobs/top.html',
      's3://jobs/b.html',
      's3://jobs/gone.html',
      's3://jobs/a/other.html',
    ];
    const { code, stdout, stderr } = await command(['opt-out', ...places], { env });
    expect(code).toBe(2);
    expect(stdout).toContain('Changed 2 of 2 reports.');
    expect(stderr.split('\n')).toEqual([
      'profiler-report: nothing lies under s3://jobs/gone.html/: check bucket and prefix (`aws s3 ls s3://jobs/gone.html/`).',
      'profiler-report: s3://jobs/a/other.html is no report with a beacon: name an html or notebook made by profiler-report or the service.',
      '',
    ]);
    for (const key of ['top.html', 'b.html/profiler-report.html']) expect((await objectAt(key)).text).toBe(servicePage(''));
  });
});
