import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { s3Store } from '../../src/stores/s3.ts';
import { testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../faulty-proxy.ts';
import { freePort } from '../free-port.ts';
import { hasMoto, type Moto, startMoto } from '../moto.ts';
import { pathsOf, usageMessage } from './collect.ts';

const MANY = 2_100;
const bytes = (text: string) => new TextEncoder().encode(text);

describe.skipIf(!hasMoto)('an S3 prefix', () => {
  let moto: Moto;
  const proxies: FaultyProxy[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    const many = Array.from({ length: MANY }, (_, i) => [`many/part-${i}/file-${i}.json`, `{"i":${i}}`] as const);
    await moto.fill('jobs', [
      ...many,
      ['job/rule-output/profiler-reports/BatchSize.json', '{"a":1}'],
      ['job/rule-output/.ipynb_checkpoints/BatchSize-checkpoint.json', '{}'],
      ['job/rule-output/folder/', ' '],
      ['job-10/other.json', '{}'],
      ['job/odd/name with spaces + ü%41.json', 'odd'],
    ]);
  });
  afterAll(() => moto?.stop());
  beforeEach(() => useAwsEnvironment({ ...testKeys, AWS_ENDPOINT_URL: moto.endpoint }));
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  });

  async function behind(fault: Parameters<typeof startFaultyProxy>[1]): Promise<FaultyProxy> {
    const proxy = await startFaultyProxy(moto.endpoint, fault);
    proxies.push(proxy);
    vi.stubEnv('AWS_ENDPOINT_URL', proxy.endpoint);
    return proxy;
  }
  const always = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
    kind: 'answer',
    status,
    code,
    headers,
  });

  test('lists every page, relative to the prefix, without checkpoints, markers and neighbours', async () => {
    expect(await pathsOf(s3Store('s3://jobs/many/'))).toHaveLength(MANY);
    expect(await pathsOf(s3Store('s3://jobs/job'))).toEqual([
      'odd/name with spaces + ü%41.json',
      'rule-output/profiler-reports/BatchSize.json',
    ]);
  });

  test('reads more than 2,000 objects at once, never more than 16 under way', async () => {
    const proxy = await behind(() => undefined);
    const store = s3Store('s3://jobs/many');
    const texts = await Promise.all((await pathsOf(store)).map(async (path) => new TextDecoder().decode(await store.read(path))));
    expect(new Set(texts).size).toBe(MANY);
    expect(proxy.mostAtOnce()).toBeGreaterThan(4);
    expect(proxy.mostAtOnce()).toBeLessThanOrEqual(16);
  });

  test('tells a missing object from a present one', async () => {
    const store = s3Store('s3://jobs/job/');
    expect(store.location).toBe('s3://jobs/job');
    expect(await store.readIfPresent('none.json')).toBeUndefined();
    expect(new TextDecoder().decode(await store.readIfPresent('odd/name with spaces + ü%41.json'))).toBe('odd');
    expect(await usageMessage(() => store.read('none.json'))).toBe(
      'cannot read s3://jobs/job/none.json: there is no such object: check the prefix.',
    );
  });

  test('puts in the given order, with content types', async () => {
    const proxy = await behind(() => undefined);
    await s3Store('s3://jobs/out').writeAll([
      { path: 'profiler-reports/A.json', bytes: bytes('{}'), contentType: 'application/json' },
      { path: 'profiler-report.html', bytes: bytes('<p>ü'), contentType: 'text/html; charset=utf-8' },
    ]);
    expect(proxy.requests.map((asked) => asked.replace(/\?.*/, ''))).toEqual([
      'PUT /jobs/out/profiler-reports/A.json',
      'PUT /jobs/out/profiler-report.html',
    ]);
    const head = await moto.client.send(new HeadObjectCommand({ Bucket: 'jobs', Key: 'out/profiler-report.html' }));
    expect(head.ContentType).toBe('text/html; charset=utf-8');
    const object = await moto.client.send(new GetObjectCommand({ Bucket: 'jobs', Key: 'out/profiler-report.html' }));
    expect(await object.Body?.transformToString()).toBe('<p>ü');
  });

  test('waits out SlowDown, and gives up in one line', async () => {
    const proxy = await behind(({ seen }) => (seen < 3 ? always(503, 'SlowDown') : undefined));
    const store = s3Store('s3://jobs/job');
    expect(await pathsOf(store)).toHaveLength(2);
    expect(proxy.requests).toHaveLength(4);

    await behind(() => always(503, 'SlowDown'));
    vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job')))).toBe(
      'cannot list s3://jobs/job: the service kept asking to slow down: try again in some minutes.',
    );
  });

  test('reads again when a body breaks off', async () => {
    const proxy = await behind(({ seen }) => (seen === 0 ? { kind: 'cut' } : undefined));
    const path = 'rule-output/profiler-reports/BatchSize.json';
    expect(new TextDecoder().decode(await s3Store('s3://jobs/job').read(path))).toBe('{"a":1}');
    expect(proxy.requests).toHaveLength(2);
  });

  test('follows a bucket to its region', async () => {
    const elsewhere = always(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-1' });
    await behind(({ seen }) => (seen === 0 ? elsewhere : undefined));
    expect(await pathsOf(s3Store('s3://jobs/job'))).toHaveLength(2);
  });

  const refused: readonly [string, Fault, string][] = [
    ['access denied', always(403, 'AccessDenied'), 'access denied: your credentials need s3:ListBucket there.'],
    [
      'an expired token',
      always(400, 'ExpiredToken'),
      'the AWS session has expired: sign in again (`aws sso login`) or renew AWS_SESSION_TOKEN.',
    ],
    [
      'unknown keys',
      always(403, 'InvalidAccessKeyId'),
      'AWS does not accept these credentials: check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ],
    [
      'another region',
      always(400, 'AuthorizationHeaderMalformed', { 'x-amz-bucket-region': 'eu-west-1' }),
      'the bucket is in region eu-west-1: give --region eu-west-1.',
    ],
    [
      'an unknown refusal',
      always(409, 'OperationAborted'),
      'the service answered 409 OperationAborted: OperationAborted by the proxy.',
    ],
  ];
  test.each(refused)('tells of %s in one line', async (_, fault, reason) => {
    await behind(() => fault);
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job')))).toBe(`cannot list s3://jobs/job: ${reason}`);
  });

  test('names the object and the permission that a read or a write lacks', async () => {
    await behind(() => always(403, 'AccessDenied'));
    const store = s3Store('s3://jobs/job');
    const file = { path: 'a.json', bytes: bytes('{}'), contentType: 'application/json' };
    const denied = 'access denied: your credentials need';
    expect(await usageMessage(() => store.read('a.json'))).toBe(
      `cannot read s3://jobs/job/a.json: ${denied} s3:GetObject there.`,
    );
    expect(await usageMessage(() => store.writeAll([file]))).toBe(
      `cannot write s3://jobs/job/a.json: ${denied} s3:PutObject there.`,
    );
  });

  test('tells of a bucket that is not there, and of an empty prefix', async () => {
    expect(await usageMessage(() => pathsOf(s3Store('s3://no-such-bucket/job')))).toBe(
      'cannot list s3://no-such-bucket/job: there is no such bucket: check its name and the account of your credentials.',
    );
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/nothing/here')))).toBe(
      'nothing lies under s3://jobs/nothing/here/: check bucket and prefix (`aws s3 ls s3://jobs/nothing/here/`).',
    );
  });

  test('stops at a limit of entries', async () => {
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/many', { maxEntries: 1_500 })))).toBe(
      's3://jobs/many holds more than 1,500 files and folders: name a folder closer to profiler-reports/.',
    );
  });
});

describe('without a way to S3', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('tells of missing credentials', async () => {
    useAwsEnvironment({ AWS_REGION: 'us-east-1' });
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job')))).toMatch(
      /^cannot list s3:\/\/jobs\/job: no AWS credentials: run /,
    );
  });

  test('tells of a missing region; an option gives it', async () => {
    useAwsEnvironment();
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job')))).toBe(
      'cannot list s3://jobs/job: no AWS region: give --region, or set AWS_REGION.',
    );
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job', { region: 'eu-west-1' })))).toMatch(/no AWS credentials/);
  });

  test('tells of a server that does not answer', async () => {
    useAwsEnvironment({ ...testKeys, AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}`, AWS_MAX_ATTEMPTS: '2' });
    expect(await usageMessage(() => pathsOf(s3Store('s3://jobs/job')))).toBe(
      'cannot list s3://jobs/job: no connection (ECONNREFUSED): check the network, --region and AWS_ENDPOINT_URL.',
    );
  });
});
