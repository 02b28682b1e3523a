/** Writes the example job to example-report/ and makes its report with the built command, as a person would. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleJob, writeJob } from '../test/fixtures/example-job/index.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'example-report');
writeJob(folder, exampleJob);

const args = [join(root, 'dist', 'cli.js'), 'generate', folder];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
if (status === 0) console.log(`\nOpen ${pathToFileURL(join(folder, 'profiler-report.html'))}`);
process.exitCode = status ?? 1;
