import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exampleJob, writeProfilerOutput } from '../fixtures/example-job/index.ts';
import { command, newFolder } from './command.ts';
import { contentsOf } from './jobs.ts';

const EXAMPLE = join(import.meta.dirname, '../fixtures/own-rule.js');
let job: string;

beforeEach(() => {
  job = newFolder();
  writeProfilerOutput(job, { ...exampleJob, minutes: 3, nodes: 1, gpusPerNode: 1, coresPerNode: 2 });
});

/** A rule of a user; `text` is the module. */
function ruleFile(text: string, name = 'my-rule.js'): string {
  const file = join(newFolder(), name);
  writeFileSync(file, text);
  return file;
}

const rule = (parts: string) =>
  `export default { name: 'Mine', title: 'Mine', checks: () => 'Is it?', run: () => ({}), ${parts} };`;

test('the rule of the documentation is judged, listed, and has a section; its limits are parameters', async () => {
  const place = newFolder();
  const args = ['--rule', EXAMPLE, '--param', 'networksilence_seconds=0.1', '-o', place];
  const { code, stdout, stderr } = await command(['generate', job, ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/\n {2}Issue +Network silence +\S/);
  const written = contentsOf(place);
  const found = JSON.parse(written.get('findings.json') ?? '').rules.find(
    (one: { rule: string }) => one.rule === 'NetworkSilence',
  );
  expect(found.parameters).toMatchObject([{ name: 'seconds', value: '0.1', default: '30', changed: true }]);
  expect(found.issues[0].spans.length).toBeGreaterThan(0);
  expect(written.get('profiler-report.html')).toContain('<section class="section" id="network-silence"');
  expect([...written.keys()].filter((path) => path.startsWith('profiler-reports/'))).toHaveLength(11);
});

test('a rule that returns what is no verdict costs only itself', async () => {
  const run = "run: () => ({ judgement: { verdict: 'bad', reason: 'a', finding: 'b' }, issues: [] })";
  const { code, stdout } = await command(['doctor', job, '--rule', ruleFile(rule(run)), '--json']);
  expect(code).toBe(0);
  const errors = JSON.parse(stdout).rules.filter(({ detail }: { detail: string }) => detail.startsWith('the rule broke'));
  expect(errors).toMatchObject([
    { rule: 'Mine', detail: expect.stringContaining('what run returns: judgement.verdict must be issue, ok,') },
  ]);
});

describe('refused in one line:', () => {
  test.each([
    ['no default export', 'export const a = 1;', 'its default export must be an object with name, title, checks and run'],
    ['a rule without a title', rule('title: undefined'), 'its default export: title is missing'],
    ['a rule whose run is no function', rule('run: 3'), 'its default export: run must be a function'],
    ['a name with a space', rule("name: 'My rule'"), 'its default export: name must be letters and digits, such as MyRule'],
    ['a name that is taken', rule("name: 'batchsize'"), 'there is a rule batchsize already: give it another name.'],
    [
      'the name of a rule for endpoints',
      rule("name: 'idleEndpoint'"),
      'there is a rule idleEndpoint already: give it another name.',
    ],
    ['a module with a mistake', 'export default {', 'cannot be loaded: '],
  ])('%s', async (_, text, reason) => {
    const file = ruleFile(text);
    const { code, stdout, stderr } = await command(['analyze', job, '--rule', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^profiler-report: --rule [^\n]+\n$/);
    expect(stderr).toContain(reason);
  });

  test('two rules of one name', async () => {
    const twice = [ruleFile(rule('')), ruleFile(rule(''))].flatMap((file) => ['--rule', file]);
    const { stderr } = await command(['analyze', job, ...twice]);
    expect(stderr).toMatch(/there is a rule Mine already: give it another name\.\n$/);
  });
});
