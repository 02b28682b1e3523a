import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { freePort } from './free-port.ts';

const program = resolve(import.meta.dirname, '..', '.venv/bin/moto_server');

/** False where the test packages for Python are not installed. */
export const hasMoto = existsSync(program);

export interface Moto {
  readonly endpoint: string;
  /** Talks to the server directly, to arrange and to look. */
  readonly client: S3Client;
  /** Makes a bucket with these objects. */
  fill(bucket: string, objects: Iterable<readonly [key: string, body: string | Uint8Array]>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real S3 API server of its own on a free port. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswers(endpoint, () => child.exitCode);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  return {
    endpoint,
    client,
    async fill(bucket, objects) {
      const limit = pLimit(16);
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
      const put = (Key: string, Body: string | Uint8Array) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      await Promise.all(Array.from(objects, ([key, body]) => limit(() => put(key, body))));
    },
    async stop() {
      client.destroy();
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function untilAnswers(endpoint: string, exitCode: () => number | null): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (exitCode() !== null) throw new Error(`moto_server ended with ${exitCode()}`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error('moto_server did not answer within a minute');
}
