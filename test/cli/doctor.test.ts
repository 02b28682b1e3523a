import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { command, newFolder } from './command.ts';
import { contentsOf, rules, writeRules } from './jobs.ts';

let job: string;

beforeEach(() => {
  job = newFolder();
  writeRules(join(job, 'profiler-reports'));
});

test('tells what is there and which rules can be judged', async () => {
  const before = contentsOf(job);
  const { code, stdout, stderr } = await command(['doctor', job]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Source  ${job}/profiler-reports\n`);
  for (const name of rules.keys())
    expect(stdout).toMatch(new RegExp(`^${name.replace('.', '\\.')} +read +(yes|no|describes)`, 'm'));
  expect(stdout).toMatch(/\n\d of 9 rules can be judged\.\n$/);
  expect(contentsOf(job)).toEqual(before);
});

test('tells why a rule cannot be judged, and what it did not use', async () => {
  rmSync(join(job, 'profiler-reports/StepOutlier.json'));
  writeRules(
    join(job, 'profiler-reports'),
    new Map([
      ['BatchSize.json', '{"RuleTriggered": 1'],
      ['OverallSystemUsage.json', '[]'],
      [
        'MaxInitializationTime.json',
        (rules.get('MaxInitializationTime.json') ?? '').replace('"job_start": ', '"job_start": null, "x": '),
      ],
      ['Own.json', '{}'],
    ]),
  );
  writeRules(join(job, 'ProfilerReport-1/profiler-output/profiler-reports'));
  const { stdout } = await command(['doctor', join(job, 'profiler-reports')]);
  expect(stdout).toMatch(/^StepOutlier\.json +missing +no +file missing: /m);
  expect(stdout).toMatch(/^BatchSize\.json +damaged +no +file damaged: /m);
  expect(stdout).toMatch(/^OverallSystemUsage\.json +damaged +no +file damaged: /m);
  expect(stdout).toMatch(/\nNot used\n {2}Own\.json: not one of the eleven rule files\n/);
  expect(stdout).toMatch(/\nLeft out while reading\n(.*\n)* {2}MaxInitializationTime\.json at Details\.job_start: /);
});

test('says the same as JSON', async () => {
  rmSync(join(job, 'profiler-reports/StepOutlier.json'));
  const { code, stdout, stderr } = await command(['doctor', job, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { rules: judged, inputs } = JSON.parse(stdout);
  expect(judged).toHaveLength(11);
  expect(judged).toContainEqual({
    rule: 'StepOutlier',
    title: 'Step outliers',
    file: 'StepOutlier.json',
    status: 'missing',
    judged: 'no',
    detail: 'file missing: StepOutlier.json is not there.',
  });
  expect(inputs).toHaveLength(11);
});
