/**
 * Keeps what CloudWatch would have of the example endpoint, an inference pipeline of the tests, and makes its report of that with the
 * built command, as a person would.
 *
 *   node scripts/example-endpoint.ts [folder]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchMonitored } from '../src/cloudwatch/index.ts';
import { cloudWatchFile } from '../src/formats/cloudwatch.ts';
import { startCloudWatchServer } from '../test/cloudwatch/server.ts';
import { PIPELINE, pipelineWorld } from '../test/cloudwatch/worlds.ts';

const root = join(import.meta.dirname, '..');
const [output = join(root, 'example-report')] = process.argv.slice(2);
const saved = join(output, 'example-endpoint.json');
const world = pipelineWorld();
const server = await startCloudWatchServer(world);
// Whoever runs it may have a profile and other servers of their own.
for (const setting of Object.keys(process.env)) if (setting.startsWith('AWS_')) delete process.env[setting];
Object.assign(process.env, { AWS_ENDPOINT_URL: server.endpoint, AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example' });
const monitored = await fetchMonitored(
  { kind: 'endpoint', name: PIPELINE, logs: true, nowSeconds: world.nowSeconds },
  { region: world.region },
);
await server.stop();
mkdirSync(output, { recursive: true });
writeFileSync(saved, cloudWatchFile(monitored));

const command = join(root, 'dist', 'cli.js');
const place = join(output, `${PIPELINE}-monitor`);
const args = ['monitor', 'endpoint', PIPELINE, '--from', saved, '--output', place, '--force'];
const { status } = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' });
if (status === 0) console.log(`\nOpen ${pathToFileURL(join(place, 'profiler-report.html'))}`);
process.exitCode = status ?? 1;
