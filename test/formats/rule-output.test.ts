import { describe, expect, test } from 'vitest';
import { join } from '../../src/formats/rule-folder.ts';
import { readRuleOutput } from '../../src/formats/rule-output.ts';
import { UsageError } from '../../src/model/errors.ts';
import { memoryStore } from '../memory-store.ts';
import { ruleFile, ruleFiles } from '../rule-file.ts';

const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/training-profilerreport-1';
const one = ruleFiles({ BatchSize: ruleFile('BatchSize', {}) });

describe('readRuleOutput', () => {
  test('lists what is missing, damaged and unknown, and reads the rest', async () => {
    const output = await readRuleOutput(
      memoryStore({
        ...one,
        'profiler-reports/Dataloader.json': '{"RuleTrig',
        'profiler-reports/NewRule.json': '{}',
        'profiler-reports/notes.txt': '',
      }),
    );
    const status = Object.fromEntries(output.inputs.map(({ file, status }) => [file, status]));
    expect(status).toMatchObject({
      'BatchSize.json': 'read',
      'Dataloader.json': 'damaged',
      'StepOutlier.json': 'missing',
      'NewRule.json': 'ignored',
    });
    expect(status).not.toHaveProperty('notes.txt');
    expect([...output.files.keys()]).toEqual(['BatchSize', 'Dataloader']);
    expect(Object.keys(output.reports)).toEqual(['BatchSize']);
  });

  test('takes the processing job ARN from the notebook beside the folder, the service’s or ours', async () => {
    const service = JSON.stringify({ metadata: { papermill: { parameters: { processing_job_arn: arn } } } });
    const ours = JSON.stringify({ metadata: { profiler_report: { processing_job_arn: arn } } });
    for (const notebook of [service, ours]) {
      expect((await readRuleOutput(memoryStore({ ...one, 'profiler-report.ipynb': notebook }))).processingJobArn).toBe(arn);
    }
    for (const notebook of [
      '{',
      '[]',
      JSON.stringify({ metadata: { papermill: { parameters: { processing_job_arn: '"); import os' } } } }),
    ]) {
      expect((await readRuleOutput(memoryStore({ ...one, 'profiler-report.ipynb': notebook }))).processingJobArn).toBeUndefined();
    }
  });

  test.each([
    ['s3://bucket/jobs/my-job-2022/rule-output', 'ProfilerReport-1/profiler-output/profiler-reports', 'my-job-2022'],
    ['/data', 'my-job/profiler-reports', 'my-job'],
    ['/data/profiler-reports', '', 'data'],
    ['s3://', 'profiler-reports', undefined],
  ])('takes the name of the training job from the folder that holds its files: %s', async (location, folder, name) => {
    const files = Object.fromEntries(Object.entries(one).map(([path, text]) => [join(folder, path.replace(/.*\//, '')), text]));
    expect((await readRuleOutput(memoryStore(files, location))).trainingJobName).toBe(name);
  });

  test('reads only the folder it is told', async () => {
    const files = { ...one, ...ruleFiles({ Dataloader: ruleFile('Dataloader', {}) }, 'other/profiler-reports') };
    const output = await readRuleOutput(memoryStore(files), { folder: 'profiler-reports' });
    expect(Object.keys(output.reports)).toEqual(['BatchSize']);
  });

  test('a file that cannot be opened costs its rule only', async () => {
    const store = memoryStore({ ...one, 'profiler-reports/Dataloader.json': '{}' });
    const read = async (path: string) => {
      if (path.endsWith('Dataloader.json')) throw new UsageError('permission denied');
      return store.read(path);
    };
    const output = await readRuleOutput({ ...store, read });
    expect(Object.keys(output.reports)).toEqual(['BatchSize']);
    expect(output.inputs).toContainEqual({ file: 'Dataloader.json', status: 'damaged', detail: 'permission denied' });
  });

  test('passes over rule files that an earlier run copied beside a report of ours', async () => {
    const copy = (source: string) => JSON.stringify({ format: 'profiler-report', job: { source } });
    const copied = ruleFiles({ BatchSize: ruleFile('BatchSize', {}) }, 'out/profiler-reports');
    const ours = { ...one, ...copied, 'out/profiler-report.json': copy('/job/profiler-reports') };
    expect((await readRuleOutput(memoryStore(ours))).folder).toBe('profiler-reports');
    const notebook = JSON.stringify({ metadata: { profiler_report: { source: '/job/profiler-reports' } } });
    const noJson = { ...one, ...copied, 'out/profiler-report.ipynb': notebook };
    expect((await readRuleOutput(memoryStore(noJson))).folder).toBe('profiler-reports');
    const another = { ...one, ...copied, 'out/profiler-report.json': copy('/job/out/profiler-reports') };
    await expect(readRuleOutput(memoryStore(another))).rejects.toThrow('2 jobs');
  });

  test('gives one line where nothing can be read', async () => {
    const broken = memoryStore({ 'r/BatchSize.json': '{"RuleTriggered": 1,', 'r/StepOutlier.json': '' });
    await expect(readRuleOutput(broken)).rejects.toThrow(
      /none of the 2 rule files in \/job\/r can be read \(StepOutlier\.json: the file is empty\)/,
    );
  });

  test('tells its progress', async () => {
    const seen: string[] = [];
    await readRuleOutput(memoryStore(one), { onProgress: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/1']);
  });
});
