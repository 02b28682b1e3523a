import { spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { cloudWatchFile } from '../../src/formats/cloudwatch.ts';
import { monitoredEndpoint, seriesOf } from '../monitored.ts';
import { command, newFolder } from './command.ts';

let folder: string;

beforeEach(() => {
  folder = newFolder();
  const series = [seriesOf({ metric: 'Invocations', statistic: 'Sum', value: () => 100 })];
  writeFileSync(join(folder, 'saved.json'), cloudWatchFile(monitoredEndpoint({ series })));
  writeFileSync(join(folder, 'cut.json'), '{"MetricDataResults": [');
  writeFileSync(join(folder, 'there.json'), '{}');
  writeFileSync(join(folder, 'huge.json'), '');
  truncateSync(join(folder, 'huge.json'), 2 ** 29);
  const packed = gzipSync(readFileSync(join(folder, 'saved.json')));
  writeFileSync(join(folder, 'cut.gz'), packed.subarray(0, 50));
  spawnSync('mkfifo', [join(folder, 'pipe')]);
});

/** Exit code 2, nothing on standard output, and exactly this one line; run in a folder with `saved.json`, which holds an endpoint. */
async function refused(args: readonly string[], message: string | RegExp): Promise<void> {
  const { code, stdout, stderr } = await command(['monitor', ...args], { cwd: folder });
  expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
  expect(stderr.slice('profiler-report: '.length, -1)).toEqual(
    message instanceof RegExp ? expect.stringMatching(message) : message,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

const SAVED = ['endpoint', 'shop-search', '--from', 'saved.json'];

describe('what is monitored', () => {
  test.each<[string[], string | RegExp]>([
    [['notebook', 'x'], /^unknown command 'notebook'/],
    [['training-jobs', 'x'], "unknown command 'training-jobs'. Did you mean training-job?"],
    [['endpoint'], "missing required argument 'name'. See profiler-report --help."],
    [['endpoint', 'a_b'], '"a_b" is not the name of an endpoint: letters, digits and hyphens, at most 63.'],
    [['transform-job', ''], '"" is not the name of a transform job: letters, digits and hyphens, at most 63.'],
    [['training-job', 'x'.repeat(64)], /^"x{64}" is not the name of a training job: /],
    [['endpoint', 'e', '--variant', '../x'], '"../x" is not the name of a variant: letters, digits and hyphens, at most 63.'],
    [['training-job', 'x', '--variant', 'blue'], "unknown option '--variant'. See profiler-report --help."],
  ])('%j', (args, message) => refused(args, message));
});

describe('when', () => {
  test.each<[string[], string | RegExp]>([
    [['--start', 'yesterday'], /^--start "yesterday" is no time: write seconds since 1970 or a date and time such as /],
    [['--last', '3'], '--last "3" is no length of time: write it as 90s, 30m, 3h, 2d or 1w.'],
    [['--last', '0h'], '--last "0h" is no length of time: write it as 90s, 30m, 3h, 2d or 1w.'],
    [['--last', '3h', '--start', '2026-01-01'], '--last tells by itself where to begin: leave --start out.'],
    [
      ['--start', '2099-01-01'],
      /^--start: 2099-01-01 00:00:00 UTC is in the future, it is .* UTC: leave it out, or check its zone\.$/,
    ],
    [['--end', '4102444800'], /^--end: 2100-01-01 00:00:00 UTC is in the future/],
    [
      ['--start', '2020-01-01'],
      /^the start, 2020-01-01 00:00:00 UTC, is older than the 15 months that CloudWatch keeps: nothing before /,
    ],
    [['--last', '70w'], /^the start, .* is older than the 15 months that CloudWatch keeps/],
    [
      ['--start', '2020-01-02', '--end', '2020-01-01', '--from', 'saved.json'],
      'the start is not before the end: check --start and --end.',
    ],
    [['--watch', 'often'], '--watch "often" is no length of time: write it as 90s, 30m, 3h, 2d or 1w.'],
    [['--watch', '5s'], '--watch 5s is too often: 10s is the least, and CloudWatch has one value a minute.'],
    [['--watch', '60s', '--end', '2026-01-01'], '--watch looks at what comes: leave --end out.'],
  ])('%j', (args, message) => refused(['endpoint', 'shop-search', ...args], message));
});

describe('from files', () => {
  test.each<[string[], string | RegExp]>([
    [['--from', 'none.json'], /none\.json: it does not exist\. Check the path\.$/],
    [['--from', 'cut.json'], /^cut\.json ends in the middle of its JSON/],
    [['--from', 'there.json'], /^there\.json is not what `aws cloudwatch get-metric-data`/],
    [
      ['--from', 'saved.json', '-o', 'r', '--save', 'r/profiler-report.json'],
      '--save r/profiler-report.json is where the report goes: choose another name.',
    ],
    [['--from', '/dev/zero'], '/dev/zero is no regular file: write what is to be read into one.'],
    [['--from', 'cut.gz'], 'cut.gz cannot be unpacked: it is cut off or was changed, fetch it again.'],
    [['--from', 'pipe'], 'pipe is no regular file: write what is to be read into one.'],
    [['--from', 'huge.json'], 'huge.json is larger than 512 MB: fetch a shorter time, or read it in parts.'],
    [
      ['--from', 'saved.json', '--instance-type', 'c5.xlarge'],
      '--instance-type c5.xlarge: SageMaker\'s begin with "ml.", such as ml.c5.xlarge.',
    ],
    [['--from', 'saved.json', '--watch', '60s'], '--watch asks AWS again and again: leave --from out.'],
    [['--instance-type', 'ml.c5.xlarge'], /^--instance-type is for files: SageMaker tells it\. /],
    [['--from', 'saved.json', '--instance-count', '0'], /Write a whole number from 1 to 100000\./],
  ])('%j', (args, message) => refused(['endpoint', 'shop-search', ...args], message));

  test('of another endpoint', () =>
    refused(
      ['endpoint', 'other', '--from', 'saved.json'],
      'saved.json is of the endpoint shop-search, not of the endpoint other: ask for that.',
    ));
});

describe('what is made of it', () => {
  test.each<[string[], string | RegExp]>([
    [['--format', 'pdf'], '--format "pdf": "pdf" is none of html, notebook, json, markdown.'],
    [['--param', 'x'], /^--param "x": write <Rule>_<parameter>=<value>, for example /],
    [['--param', 'CPUBottleneck_threshold=50'], /^--param CPUBottleneck_threshold is no parameter of a rule: /],
    [['--grep', 'x', '--no-logs'], '--grep looks for lines of logs: leave --no-logs out.'],
    [
      ['--save', 'there.json'],
      /^there\.json in .* is there already: choose another place with --save, or overwrite with --force\.$/,
    ],
    [['--fail-on', 'Latency > 1s'], /^the condition "Latency > 1s": /],
    [['--grep', '('], /^--grep '\(' is no regular expression/],
    [['-o', ''], 'the location is empty: name a folder or s3://bucket/prefix.'],
  ])('%j', (args, message) => refused([...SAVED, ...args], message));

  test('--json with --watch', () =>
    refused(['endpoint', 'e', '--json', '--watch', '1m'], '--watch prints a line each time: leave --json out.'));
});
