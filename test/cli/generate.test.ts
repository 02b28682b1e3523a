import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { corpusCases, hasShared, shared } from '../shared.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS, rules, writeRules } from './jobs.ts';

describe('without -o', () => {
  test('writes beside profiler-reports/, whichever folder above it is named, and again', async () => {
    const job = newFolder();
    const place = join(job, 'rule-output/ProfilerReport-1648879000/profiler-output');
    writeRules(join(place, 'profiler-reports'));
    for (const source of [job, place, join(place, 'profiler-reports')]) {
      expect(await command(['generate', source])).toMatchObject({ code: 0, stderr: '' });
    }
    expect([...contentsOf(job).keys()]).toHaveLength(rules.size + REPORTS.length);
    expect([...contentsOf(place).keys()].slice(0, 3)).toEqual(REPORTS);
  });

  test('puts the report of flat rule files into a folder of its own, with a copy of them, and again', async () => {
    const job = newFolder();
    writeRules(join(job, 'flat'));
    for (const _ of [1, 2]) expect(await command(['generate', job])).toMatchObject({ code: 0, stderr: '' });
    const written = contentsOf(join(job, 'flat/profiler-report'));
    for (const [name, text] of rules) expect(written.get(`profiler-reports/${name}`)).toBe(text);
    expect([...written.keys()].slice(0, 3)).toEqual(REPORTS);
    expect((await command(['doctor', job])).code).toBe(0);
  });
});

describe('with -o', () => {
  test('copies the rule files of the notebook byte for byte, inside the source, too, and again', async () => {
    const job = newFolder();
    writeRules(join(job, 'profiler-reports'));
    for (const place of [newFolder(), join(job, 'out')]) {
      for (const _ of [1, 2]) expect(await command(['generate', job, '-o', place])).toMatchObject({ code: 0, stderr: '' });
      const written = contentsOf(place);
      expect([...written.keys()]).toEqual([...REPORTS, ...RULE_NAMES.map((name) => `profiler-reports/${name}.json`)].sort());
      for (const [name, text] of rules) expect(written.get(`profiler-reports/${name}`)).toBe(text);
    }
  });

  test('copies nothing where no notebook needs it, or where they lie beside it', async () => {
    const [job, place] = [newFolder(), newFolder()];
    writeRules(job);
    expect((await command(['generate', job, '-o', place, '--format', 'markdown,JSON'])).code).toBe(0);
    expect([...contentsOf(place).keys()]).toEqual(['profiler-report.json', 'profiler-report.md']);
    expect((await command(['generate', job, '--output', job])).code).toBe(0);
    expect([...contentsOf(job).keys()]).toHaveLength(rules.size + REPORTS.length);
  });
});

describe('prints', () => {
  test('a line per rule, what to do first and the files', async () => {
    const job = newFolder();
    writeRules(join(job, 'profiler-reports'));
    writeRules(
      join(job, 'profiler-reports'),
      new Map([
        ['Other.json', '{}'],
        ['Dataloader.json', '{"RuleTriggered": 1'],
      ]),
    );
    const { stdout, stderr } = await command(['generate', job]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`^${basename(job)}: \\d issues, \\d fine.*\n\n`));
    expect(stdout).toMatch(/\n {2}Issue +Low GPU utilization +\S/);
    expect(stdout).toMatch(/\n {2}Error +Data loading +file damaged\n/);
    expect(stdout).toMatch(/\nDo this first\n {2}1\. /);
    expect(stdout).toMatch(/\nRead with care\n {2}Dataloader\.json: .+\n {2}Other\.json: not one of the eleven rule files\n/);
    expect(stdout.endsWith(`\nWrote\n${REPORTS.map((name) => `  ${join(job, name)}\n`).join('')}`)).toBe(true);
    expect(stdout).not.toContain('\u001b');
  });

  test('colours where they are wanted, and none of the source', async () => {
    const job = join(newFolder(), 'a\u001b[2Jb');
    writeRules(join(job, 'profiler-reports'));
    const { stdout } = await command(['generate', job], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[31mIssue\u001b[39m');
    expect(stdout).not.toContain('\u001b[2J');
    expect(stdout).toContain('a\\u001b[2Jb');
  });

  test('nothing with --quiet, one document with --json', async () => {
    const job = newFolder();
    writeRules(join(job, 'profiler-reports'));
    expect(await command(['generate', job, '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const { stdout, stderr } = await command(['generate', job, '--json']);
    expect(stderr).toBe('');
    const { written, counts, rules: judged } = JSON.parse(stdout);
    expect(written).toEqual(REPORTS.map((name) => join(job, name)).reverse());
    expect(judged).toHaveLength(11);
    expect(counts).toEqual(JSON.parse(contentsOf(job).get('profiler-report.json') ?? '').counts);
  });

  test('the processing job it was told of, in notebook and JSON', async () => {
    const job = newFolder();
    writeRules(join(job, 'profiler-reports'));
    const arn = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/train-1-profilerreport-0a1b2c3d';
    expect((await command(['generate', job, '--processing-job-arn', arn])).code).toBe(0);
    expect(contentsOf(job).get('profiler-report.ipynb')).toContain(arn);
    // The next run finds it in that notebook.
    expect(JSON.parse((await command(['generate', job, '--json'])).stdout).job.processingJobArn).toBe(arn);
  });
});

describe.skipIf(!hasShared)('real jobs', () => {
  test.each(corpusCases)('%s gives three reports and a copy of its rule files', async (name) => {
    const place = newFolder();
    const source = shared(`corpus/${name}`);
    const terminal = { stdout: new PassThrough(), stderr: new PassThrough(), env: {} };
    expect(await run(['generate', source, '-o', place, '--quiet'], terminal)).toBe(0);
    expect([terminal.stdout.read(), terminal.stderr.read()]).toEqual([null, null]);
    const written = contentsOf(place);
    expect([...written.keys()].filter((path) => !path.includes('/'))).toEqual(REPORTS);
    expect(written.get('profiler-report.html')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    expect(JSON.parse(written.get('profiler-report.ipynb') ?? '').nbformat).toBe(4);
    expect(JSON.parse(written.get('profiler-report.json') ?? '').rules).toHaveLength(11);
    const originals = contentsOf(join(source, 'profiler-reports'));
    for (const [path, text] of originals) expect(written.get(`profiler-reports/${path}`)).toBe(text);
  });
});
