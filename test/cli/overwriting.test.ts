import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { command, newFolder } from './command.ts';
import { contentsOf, REPORTS, rules, writeRules } from './jobs.ts';

const ALL = ['--format', 'html,notebook,json,markdown'];
let job: string;
let place: string;

beforeEach(() => {
  [job, place] = [newFolder(), newFolder()];
  writeRules(join(job, 'profiler-reports'));
});

async function refused(args: readonly string[], message: string): Promise<void> {
  const before = contentsOf(place);
  const { code, stdout, stderr } = await command(args);
  expect(stderr).toBe(`profiler-report: ${message}\n`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(contentsOf(place)).toEqual(before);
}

describe("a file that is not ours, such as the service's own report, stays", () => {
  test.each([
    ['profiler-report.html', '<!DOCTYPE html><html><head><title>profiler-report</title></head></html>'],
    ['profiler-report.ipynb', '{"cells": [], "metadata": {"papermill": {}}, "nbformat": 4, "nbformat_minor": 4}'],
    ['profiler-report.ipynb', 'not even JSON'],
    ['profiler-report.json', '{"format": "other"}'],
    ['profiler-report.json', 'null'],
    ['profiler-report.md', '# My notes'],
    ['profiler-report.html', ''],
  ])('%s holding %s', async (name, text) => {
    writeFileSync(join(place, name), text);
    const mend = 'choose another place with -o, or overwrite with --force.';
    await refused(['generate', job, '-o', place, ...ALL], `${name} in ${place} was not made by profiler-report: ${mend}`);
    expect((await command(['generate', job, '-o', place, ...ALL, '--force'])).code).toBe(0);
    expect(contentsOf(place).get(name)).not.toBe(text);
    // Now it is ours.
    expect((await command(['generate', job, '-o', place, ...ALL])).code).toBe(0);
  });

  test('also at the default place, all of them named', async () => {
    for (const name of REPORTS) writeFileSync(join(job, name), 'theirs');
    place = job;
    const named = 'profiler-report.json, profiler-report.ipynb and profiler-report.html';
    const mend = 'choose another place with -o, or overwrite with --force.';
    await refused(['generate', job], `${named} in ${job} were not made by profiler-report: ${mend}`);
  });
});

describe('rule files at the output', () => {
  const others = ruleFiles({ ...exampleJob, minutes: 12, nodes: 1, seed: 8 });
  const mend = 'choose another place with -o, or overwrite with --force.';

  test('of another job stay, even where our report of that job stands beside them', async () => {
    writeRules(join(place, 'profiler-reports'), others);
    const differ = /differ from the rule files read: choose another place with -o, or overwrite with --force\.\n$/;
    expect(await command(['generate', job, '-o', place])).toMatchObject({ code: 2, stderr: expect.stringMatching(differ) });
    expect((await command(['generate', place])).code).toBe(0);
    expect(await command(['generate', job, '-o', place])).toMatchObject({ code: 2, stderr: expect.stringMatching(differ) });
    for (const [name, text] of others) expect(contentsOf(place).get(`profiler-reports/${name}`)).toBe(text);
  });

  test('of another job are overwritten with --force', async () => {
    writeRules(join(place, 'profiler-reports'), others);
    expect((await command(['generate', job, '-o', place, '--force'])).code).toBe(0);
    for (const [name, text] of rules) expect(contentsOf(place).get(`profiler-reports/${name}`)).toBe(text);
  });

  test('copied before and edited since stay', async () => {
    expect((await command(['generate', job, '-o', place])).code).toBe(0);
    const edited = join(place, 'profiler-reports/Dataloader.json');
    writeFileSync(edited, '{"RuleTriggered": 99}');
    const what = `profiler-reports/Dataloader.json in ${place} differs from the rule files read`;
    await refused(['generate', job, '-o', place], `${what}: ${mend}`);
    expect((await command(['generate', job, '-o', place, '--force'])).code).toBe(0);
    expect(contentsOf(place).get('profiler-reports/Dataloader.json')).toBe(rules.get('Dataloader.json'));
  });

  test('that the source lacks are named, with --force as well', async () => {
    expect((await command(['generate', job, '-o', place])).code).toBe(0);
    rmSync(join(job, 'profiler-reports/StepOutlier.json'));
    const stale = `profiler-reports/StepOutlier.json in ${place} is not among the rule files read, and the notebook would show it`;
    for (const force of [[], ['--force']]) {
      await refused(['generate', job, '-o', place, ...force], `${stale}: move it away, or choose another place with -o.`);
    }
  });
});
