import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watch } from '../../src/cli/watch.ts';
import { fetchMonitored } from '../../src/cloudwatch/index.ts';
import { UsageError } from '../../src/model/errors.ts';
import { monitor } from '../../src/monitor.ts';
import { cleanAwsEnvironment, testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { type CloudWatchServer, startCloudWatchServer } from '../cloudwatch/server.ts';
import { PIPELINE, pipelineWorld } from '../cloudwatch/worlds.ts';
import { newFolder } from './command.ts';
import { contentsOf, REPORTS } from './jobs.ts';

const HOURS_AGO = Math.floor(Date.now() / 3_600_000) * 3600 - 3 * 3600;
const throttled: Record<string, number> = {};
let server: CloudWatchServer;

beforeEach(async () => {
  throttled.GetMetricData = 0;
  server = await startCloudWatchServer(pipelineWorld({ startSeconds: HOURS_AGO }), { throttled });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

describe('rounds', () => {
  test('go on through throttling, with a line for each, until they are stopped', async () => {
    useAwsEnvironment({ ...testKeys, AWS_ENDPOINT_URL: server.endpoint, AWS_MAX_ATTEMPTS: '1' });
    const said: string[] = [];
    const stop = Promise.withResolvers<void>();
    await watch({
      intervalSeconds: 0.05,
      stopped: stop.promise,
      look: async () => monitor(await fetchMonitored({ kind: 'endpoint', name: PIPELINE, logs: false }, {})),
      async write({ report }) {
        throttled.GetMetricData = said.length === 0 ? Number.POSITIVE_INFINITY : 0;
        return `${report.rules.length} rules`;
      },
      say: (line) => {
        said.push(line);
        if (said.length === 4) stop.resolve();
      },
      complain: (line) => {
        said.push(line);
        if (said.length === 3) throttled.GetMetricData = 0;
      },
    });
    const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}`;
    const refused = new RegExp(`^${moment}cannot read .*: the service kept asking to slow down: .* Another try in 50 ms\\.$`);
    const fine = new RegExp(`^${moment}\\d+ rules$`);
    expect(said).toEqual([fine, refused, refused, fine].map((line) => expect.stringMatching(line)));
  });

  test('end with what is refused while nothing was written, and with what is no refusal at any time', async () => {
    const common = { intervalSeconds: 0.01, stopped: new Promise<void>(() => {}), say: () => {}, complain: () => {} };
    const refused = { ...common, look: () => Promise.reject(new UsageError('no such endpoint')), write: async () => '' };
    await expect(watch(refused)).rejects.toThrow('no such endpoint');
    let looks = 0;
    const broken = async () => {
      if (++looks > 2) throw new TypeError('a bug');
    };
    await expect(watch({ ...common, look: broken, write: async () => '' })).rejects.toThrow('a bug');
  });
});

describe('the command', () => {
  const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
  const start = (folder: string, endpoint: string) => {
    const env = {
      PATH: process.env.PATH,
      ...cleanAwsEnvironment({ ...testKeys, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1' }),
    };
    const args = [main, 'monitor', 'endpoint', PIPELINE, '--watch', '10s', '--fail-on', 'ModelLatency p99 > 1us'];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8');
    return child;
  };

  test('prints a line, keeps whole files and ends with 0 at Ctrl-C', async () => {
    const folder = newFolder();
    const child = start(folder, server.endpoint);
    const [line] = await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(line).toMatch(
      /^[\d: -]+ UTC {2}InService, \d+ issues?.*, met: ModelLatency p99 > 1us {2}\/.*\/profiler-report\.html\n$/,
    );
    const place = join(folder, `${PIPELINE}-monitor`);
    expect([...contentsOf(place).keys()]).toEqual(REPORTS);
    expect(readFileSync(join(place, 'profiler-report.html'), 'utf8')).toMatch(/<\/html>\s*$/);
  });

  test('ends at once, with nothing written, where AWS does not answer', async () => {
    const folder = newFolder();
    const asked = Promise.withResolvers<void>();
    const silent = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const child = start(folder, `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    await asked.promise;
    child.kill('SIGINT');
    const [code] = await Promise.race([once(child, 'exit'), setTimeout(5000, ['still running'])]);
    expect(code).toBe(0);
    expect([...contentsOf(folder).keys()]).toEqual([]);
    silent.closeAllConnections();
    silent.close();
  });
});
