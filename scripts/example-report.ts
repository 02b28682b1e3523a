/** Lays out the example job as its profiler leaves one on S3, and makes its report with the built command, as a person would. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleJob, writeProfilerOutput } from '../test/fixtures/example-job/index.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, 'example-report');
const job = join(output, 'resnet50-imagenet');
rmSync(job, { recursive: true, force: true });
writeProfilerOutput(job, exampleJob);

const command = join(root, 'dist', 'cli.js');
const { status } = spawnSync(process.execPath, [command, 'generate', job, '--output', output, '--force'], { stdio: 'inherit' });
if (status === 0) console.log(`\nOpen ${pathToFileURL(join(output, 'profiler-report.html'))}`);
process.exitCode = status ?? 1;
