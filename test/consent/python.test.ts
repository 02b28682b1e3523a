import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labSettingsFiles, userFolder } from '../../src/cli/config-folder.ts';
import { readViewer } from '../../src/cli/viewer.ts';
import { decide } from '../../src/consent/decide.ts';
import { environmentSwitches, isOn, readKept } from '../../src/consent/inputs.ts';
import { plainJson } from '../../src/consent/plain-json.ts';
import { isProcessingJobArn } from '../../src/model/arn.ts';
import { newFolder } from '../cli/command.ts';
import { hasPython } from '../notebooks.ts';
import { answered, put } from '../writers/notebook-cell.ts';
import { combinations, SWITCHES } from './combinations.ts';

/** Asks the Python of the notebook, one process for all items. */
function ask<T>(action: string, items: readonly unknown[]): T[] {
  const [python, script] = ['../../.venv/bin/python', '../python/consent.py'].map((path) => join(import.meta.dirname, path));
  const input = JSON.stringify({ action, items });
  return JSON.parse(execFileSync(python ?? '', [script ?? ''], { input, maxBuffer: 2 ** 30, encoding: 'utf8', stdio: 'pipe' }));
}

/** The same value from both for each item, whose first difference is shown. */
function same<I>(action: string, items: readonly I[], ours: (item: I) => unknown): void {
  const theirs = ask(action, items);
  expect(theirs).toHaveLength(items.length);
  const plain = (value: unknown) => JSON.stringify(value ?? null);
  const different = items.findIndex((item, i) => plain(theirs[i]) !== plain(ours(item)));
  if (different >= 0) expect([items[different], theirs[different]]).toEqual([items[different], ours(items[different] as I)]);
}

/** What people and accidents put into JSON. */
const DIRT = ['', ',', '}', 'NaN', '-Infinity', '\ufeff', '\n', '\r', '\u0000', '//', '/*', '*/', '/* */', ', // ]\n', ',]'];

const sample = <T>(values: fc.Arbitrary<T>) => fc.sample(values, { numRuns: 3000, seed: 20261121 });

describe.skipIf(!hasPython)('the notebook’s Python and TypeScript agree', () => {
  test('on the decision, for every combination of everything it looks at', () => {
    const inputs = [...combinations()].map((combination) => combination.inputs);
    const asked = inputs.map((input) => {
      const switches = Object.fromEntries(SWITCHES.map((name) => [name, input[name]]));
      return [input.scope, input.endpoint ?? null, input.policyVersion, input.choices, input.canAsk, switches];
    });
    const answers = ask('decide', asked);
    const wrong = inputs.filter((input, i) => {
      const { allowed, source, reason } = decide(input);
      return JSON.stringify(answers[i]) !== JSON.stringify([allowed, source, reason]);
    });
    expect([answers.length, wrong]).toEqual([inputs.length, []]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(20);
  });

  test('on what is on', () => {
    const blank = fc.constantFrom(
      '',
      ' ',
      '\t',
      '\n',
      '\v',
      '\f',
      '\r',
      '\u00a0',
      '\u2003',
      '\u2028',
      '\u3000',
      '\ufeff',
      '\u001c',
      '\u0085',
      '\u200b',
    );
    const word = fc.constantFrom('', '0', 'false', 'False', 'FALSE', 'true', '1', 'no', 'falſe', '00', '0.0');
    const padded = fc.tuple(blank, word, blank).map((parts) => parts.join(''));
    const values = fc.oneof(
      padded,
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
    );
    const items = [...sample(values), 0, -0, 1, null, true, false];
    same('isOn', items, isOn);
    expect(new Set(items.map(isOn)).size).toBe(2);
  });

  test('on the environment', () => {
    const names = ['OPT_OUT_TRACKING', 'DO_NOT_TRACK', 'PAPERMILL_EXECUTION', 'CI', 'opt_out_tracking', 'OPT_OUT'];
    const value = fc.option(fc.constantFrom('', '0', '1', 'false', 'TRUE', 'no'), { nil: undefined });
    same('environmentSwitches', sample(fc.record(Object.fromEntries(names.map((name) => [name, value])))), environmentSwitches);
  });

  test('on kept answers, whole, damaged or made up', () => {
    const or = (...values: unknown[]) => fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, fc.jsonValue());
    const choice = fc.record(
      {
        scope: or('viewer', 'container', 'cluster', 'VIEWER'),
        answer: or('granted', 'denied', 'yes'),
        endpoint: or('https://stats.example.org/'),
        policyVersion: or(1, 2, '1', true, 1.5),
        date: or('2026-11-21T09:30:00.000Z'),
        more: or(1),
      },
      { requiredKeys: ['scope', 'answer'] },
    );
    const kept = fc.record({ choices: fc.oneof(fc.array(choice), fc.jsonValue()) }).map((value) => JSON.stringify(value));
    const damaged = fc
      .tuple(kept, fc.nat(), fc.constantFrom(...DIRT))
      .map(([text, at, dirt]) => text.slice(0, at % (text.length + 1)) + dirt + text.slice(at % (text.length + 1)));
    const texts = [
      ...sample(fc.oneof(kept, damaged, fc.json(), fc.string())),
      ...['', 'null', '{"choices":[{"scope":"viewer","answer":"denied","policyVersion":NaN}]}', '\ufeff{"choices":[]}'],
      '{"choices":[{"scope":"viewer","answer":"denied"}],"choices":[]}',
      `{"choices":[{"scope":"viewer","answer":"denied","date":${'9'.repeat(5000)}e-4999}]}`,
    ];
    const ours = (text: string) => readKept(plainJson(text));
    same('readKept', texts, ours);
    const read = texts.map(ours);
    expect(read.filter(({ choices }) => choices.length > 0).length).toBeGreaterThan(300);
    expect(read.filter(({ unreadable }) => !unreadable).length).toBeGreaterThan(300);
  });

  test('on JSON with comments and last commas', () => {
    const parts = fc.constantFrom(...DIRT, '"', '\\', '/', '*', ' ', ']', '1', '\u2028', "'");
    same('plainJson', sample(fc.array(parts, { maxLength: 30 }).map((given) => given.join(''))), plainJson);
  });

  test.skipIf(process.platform === 'win32')('on where answers are kept', () => {
    const names = [
      'HOME',
      'XDG_CONFIG_HOME',
      'JUPYTERLAB_SETTINGS_DIR',
      'JUPYTER_CONFIG_DIR',
      'JUPYTER_PLATFORM_DIRS',
      'APPDATA',
    ];
    const value = fc.constantFrom('/home/x', '/cfg/', 'relative', '', 'no', ' 0 ');
    const env = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    same('places', sample(env), (item) => {
      const { used, others } = labSettingsFiles(item);
      return [userFolder(item) ?? null, used, others];
    });
  });

  test.skipIf(process.platform === 'win32')('on what follows from the files and the environment of a viewer', async () => {
    const endpoint = 'https://stats.example.org/';
    const answers = [[], ['granted'], ['denied'], ['granted', 'denied']] as const;
    const kept = fc.constantFrom(
      undefined,
      '{',
      '',
      '{"choices": [] /* none yet */,}',
      { choices: ['no'] },
      ...answers.map((given) => ({ choices: given.map((answer) => answered(answer, endpoint)) })),
      { choices: [answered('granted', 'https://other.example/')] },
    );
    const config = fc.constantFrom(undefined, {}, { opt_out_telemetry: 'True' }, { opt_out_telemetry: false });
    const files = fc.record({
      '.config/profiler-report/consent.json': kept,
      '.jupyter/lab/user-settings/profiler-report-jupyterlab/plugin.jupyterlab-settings': kept,
      '.config/jupyter/lab/user-settings/profiler-report-jupyterlab/plugin.jupyterlab-settings': kept,
      '.config/profiler-report/config.json': config,
      'profiler-report.config.json': config,
    });
    const homes = fc.sample(files, { numRuns: 1000, seed: 20261121 }).map((contents) => {
      const home = newFolder();
      for (const [path, content] of Object.entries(contents)) {
        if (content !== undefined) put(join(home, path), content);
      }
      return home;
    });
    const theirs = ask(
      'viewerDecides',
      homes.map((home) => [home, { HOME: home }, endpoint]),
    );
    const ours = homes.map(async (home) => {
      const { allowed, source, reason } = (await readViewer({ HOME: home }, home)).decision(endpoint);
      // The notebook names the project's file as it finds it.
      return [allowed, source, reason.replace(`(${home}/profiler-report.config.json)`, '(profiler-report.config.json)')];
    });
    expect(theirs).toEqual(await Promise.all(ours));
    expect(theirs.filter((decision) => (decision as unknown[])[0]).length).toBeGreaterThan(10);
  });

  test('on what the ARN of a processing job is', () => {
    const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/a-1';
    const part = fc.constantFrom('s', 'ſ', 'K', '٣', '\n', ' ', '&', '#', '/', 'a'.repeat(62), 'a'.repeat(61), '-cn', '');
    const changed = fc
      .tuple(part, fc.nat(arn.length), fc.nat(1))
      .map(([text, at, cut]) => arn.slice(0, at) + text + arn.slice(at + cut));
    const items = [...sample(changed), arn, arn.toUpperCase(), `${arn}\n`, ''];
    same('isProcessingJobArn', items, isProcessingJobArn);
    expect(items.filter(isProcessingJobArn).length).toBeGreaterThan(100);
  });
});

test.skipIf(!hasPython)('the notebook’s Python is plain Python 3.8', () => {
  expect(ask('parses', [8])).toEqual([true]);
  expect(ask('imports', [0])).toEqual([['hashlib', 'json', 'os', 're', 'threading', 'urllib']]);
});
