import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { asOrdinaryUser, command, newFolder, permissionsBind } from './command.ts';
import { contentsOf, REPORTS, writeRules } from './jobs.ts';

let folder: string;

beforeEach(() => {
  folder = newFolder();
});

/** Exit code 2, nothing on standard output, and exactly this one line. */
async function refused(args: readonly string[], message: string | RegExp, circumstances = {}): Promise<void> {
  const { code, stdout, stderr } = await command(args, circumstances);
  expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
  expect(stderr.slice('profiler-report: '.length, -1)).toEqual(
    message instanceof RegExp ? expect.stringMatching(message) : message,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('arguments', () => {
  test.each<[string[], string]>([
    [['generat'], "unknown command 'generat'. Did you mean generate?"],
    [['frobnicate'], "unknown command 'frobnicate'. See profiler-report --help."],
    [['--frob'], "unknown option '--frob'. See profiler-report --help."],
    [['generate', '.', '--forse'], "unknown option '--forse'. Did you mean --force?"],
    [
      ['generate', 'a', 'b'],
      "too many arguments for 'generate'. Expected 1 argument but got 2: a, b. See profiler-report --help.",
    ],
    [['generate', '.', '-o'], "option '-o, --output <place>' argument missing. See profiler-report --help."],
    [['generate'], 'no source: name a folder or s3://bucket/prefix, or a training job with --training-job.'],
    [['doctor', ''], 'the location is empty: name a folder or s3://bucket/prefix.'],
    [['generate', '.', '-o', ''], 'the location is empty: name a folder or s3://bucket/prefix.'],
    [['generate', '.', '--format', 'html,pdf'], '--format "html,pdf": "pdf" is none of html, notebook, json, markdown.'],
    [['generate', '.', '--format', ''], '--format "": "" is none of html, notebook, json, markdown.'],
    [['generate', 's3:/bucket/job'], '"s3:/bucket/job" is not an S3 location: write s3://bucket/prefix.'],
    [
      ['generate', '.', '--processing-job-arn', 'train-1'],
      '--processing-job-arn "train-1" is not the ARN of a processing job: it looks like arn:aws:sagemaker:<region>:<account>:processing-job/<name>.',
    ],
  ])('%j', (args, message) => refused(args, message));

  test('none at all: the help, as an error', async () => {
    const { code, stdout, stderr } = await command([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: profiler-report /);
  });

  test.each([[['--help']], [['generate', '--help']], [['-V']]])('%j is no error', async (args) => {
    const { code, stdout, stderr } = await command(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(Usage: profiler-report |\d+\.\d+\.\d+\n$)/);
  });
});

describe('sources', () => {
  test('that are not there', () =>
    refused(['generate', join(folder, 'no\nwhere')], /no where: it does not exist\. Check the path\.$/));

  test('that are empty', () =>
    refused(
      ['generate', folder],
      /^neither raw profiler output nor rule files .* it is empty\. Choose a folder that holds profiler-output\/ or profiler-reports\/\.$/,
    ));

  test('that hold something else', async () => {
    writeFileSync(join(folder, 'train.py'), '');
    await refused(
      ['doctor', folder],
      /^neither raw profiler output nor rule files .* found one other file, such as train\.py\. /,
    );
  });

  test('that are a file', async () => {
    writeFileSync(join(folder, 'BatchSize.json'), '{}');
    await refused(['generate', join(folder, 'BatchSize.json')], /BatchSize\.json is a file: name the folder that holds it\.$/);
  });

  test('that hold nothing but broken rule files', async () => {
    writeRules(
      folder,
      new Map([
        ['BatchSize.json', '{"RuleTriggered": 1, '],
        ['Dataloader.json', ''],
      ]),
    );
    await refused(['generate', folder], /^none of the 2 rule files in .* can be read \(BatchSize\.json: .*\)\.$/);
    await refused(['doctor', folder], /^none of the 2 rule files in .* can be read /);
  });

  test('that may not be read', async ({ skip }) => {
    if (!permissionsBind) skip();
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0);
    await refused(['generate', folder], /locked: permission denied\./, { through: asOrdinaryUser });
  });

  test('on S3 without credentials', async () => {
    const env = { AWS_REGION: 'us-east-1' };
    await refused(['generate', 's3://bucket/job'], /^cannot list s3:\/\/bucket\/job: no AWS credentials: run `aws configure`/, {
      env,
    });
    await refused(['generate', '--training-job', 'train-1'], /^cannot look up training job train-1: no AWS credentials: /, {
      env,
    });
  });
});

describe('outputs', () => {
  beforeEach(() => writeRules(join(folder, 'job/profiler-reports')));

  test('below a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await refused(
      ['generate', join(folder, 'job'), '-o', join(folder, 'file')],
      /^cannot write .*: a part of the path is a file, not a folder\./,
    );
  });

  test('that may not be written', async ({ skip }) => {
    if (!permissionsBind) skip();
    mkdirSync(join(folder, 'out'));
    chmodSync(join(folder, 'out'), 0o500);
    await refused(['generate', join(folder, 'job'), '-o', join(folder, 'out')], /^cannot write .*: permission denied\./, {
      through: asOrdinaryUser,
    });
  });

  test('larger than a limit on file sizes leave the old report whole', async () => {
    const job = join(folder, 'job');
    expect((await command(['generate', job])).code).toBe(0);
    const before = contentsOf(job);
    const through = ['bash', '-c', 'ulimit -f 200; exec "$0" "$@"'];
    await refused(['generate', job], /^cannot write .*: it is larger than the limit on file sizes/, { through });
    expect(contentsOf(job)).toEqual(before);
  });
});

test('an interrupted run leaves no half-written file', async () => {
  writeRules(join(folder, 'profiler-reports'));
  const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
  const child = spawn(process.execPath, [main, 'generate', folder], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  // Until the first half-written file shows, or it has ended.
  while (child.exitCode === null && readdirSync(folder).length === 1) await new Promise((done) => setTimeout(done, 2));
  child.kill('SIGINT');
  await ended;
  for (const path of contentsOf(folder).keys()) expect(path).toMatch(/^profiler-report(s\/\w+\.json|\.(html|ipynb|json))$/);
});

test('a reader that stops early is nothing to tell', async () => {
  writeRules(join(folder, 'profiler-reports'));
  const { code, stderr } = await command(['generate', folder, '--json'], {
    through: ['bash', '-c', 'set -o pipefail; "$0" "$@" | true'],
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of REPORTS) expect([...contentsOf(folder).keys()]).toContain(name);
});
