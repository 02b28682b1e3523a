import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { SILENT } from '../../src/model/usage.ts';
import { VERSION } from '../../src/model/version.ts';
import { beaconReceiver } from '../beacon-receiver.ts';
import { newFolder } from '../cli/command.ts';
import { writeRules } from '../cli/jobs.ts';
import {
  askPython,
  codeCells,
  execute,
  figures,
  hasPython,
  type Notebook,
  readNotebook,
  rounded,
  type Shown,
  sourceOf,
  writeNotebook,
} from '../notebooks.ts';
import { ARN, answered, asking, keep, runCell, setupCell, smallNotebook } from './notebook-cell.ts';

const ENDPOINT = 'https://stats.example.org/count';
const CALL = 'setup_profiler_report(processing_job_arn, opt_out=False)';
const REGION = /^# --- usage statistics ---\n.*^# --- end of usage statistics ---\n/ms;
const BEACON = [ENDPOINT, 'x-arn', 'x-artifact-id', 'urlopen', 'urllib', 'User-Agent', 'consent'];

describe('a notebook that may not ask', () => {
  test.each([SILENT, { kind: 'silent', reason: "the job's owner opted out (opt_out_telemetry)" } as const])(
    '%j',
    async (usage) => {
      const text = await smallNotebook(usage);
      expect(BEACON.filter((word) => text.includes(word))).toEqual([]);
      expect(text).toBe(await smallNotebook());
    },
  );

  test.skipIf(!hasPython)('has a function that says that nothing was sent, whatever it is asked', async () => {
    const silent: Notebook = JSON.parse(await smallNotebook());
    const [start, setup] = [0, 4].map((index) => sourceOf(codeCells(silent)[index]));
    const before =
      'import sys, types\nfor name in ("pandas", "IPython", "IPython.display"): sys.modules[name] = types.ModuleType(name)';
    const display = 'sys.modules["IPython.display"].display = None';
    const { lines } = await runCell(`${start}\n${setup}\n${CALL}`, newFolder(), { before: `${before}\n${display}` });
    expect(lines).toEqual(Array(2).fill('Nothing was sent: this report collects no usage statistics.'));
  });
});

describe('a notebook that may ask', () => {
  test('holds all of it in its fifth code cell, between two lines, and then calls it', async () => {
    const text = await smallNotebook(asking(ENDPOINT));
    expect(BEACON.filter((word) => !text.includes(word))).toEqual([]);
    const cell = await setupCell(asking(ENDPOINT));
    expect(cell.replace(REGION, '')).toBe(CALL);
    expect(cell).toContain(`\n_ENDPOINT = "${ENDPOINT}"\n_ARTIFACT = "profiler-report/${Number.parseInt(VERSION, 10)}"\n`);
  });

  test('is the one that may not ask once that is taken out', async () => {
    const whole: Notebook = JSON.parse(await smallNotebook(asking(ENDPOINT)));
    const setup = codeCells(whole)[4];
    if (!setup) throw new Error('no fifth code cell');
    setup.source = [sourceOf(setup).replace(REGION, '').replace('opt_out=False', 'opt_out=True')];
    const silent: Notebook = JSON.parse(await smallNotebook());
    expect(whole.cells).toEqual(silent.cells);
    // Taking it out is an edit.
    const made = { profiler_report: { ...silent.metadata.profiler_report, cells_sha256: expect.any(String) } };
    expect(whole.metadata).toEqual({ ...silent.metadata, ...made });
  });

  test.skipIf(!hasPython)('takes no name that another cell needs, but the one function it is there for', async () => {
    const cells = codeCells(JSON.parse(await smallNotebook(asking(ENDPOINT))));
    const bound = askPython<string[]>('bound', cells.map(sourceOf));
    const taken = bound[4] ?? [];
    expect(taken.length).toBeGreaterThan(15);
    expect(taken.filter((name) => !name.startsWith('_'))).toEqual(['setup_profiler_report']);
    const elsewhere = bound.flatMap((names, index) => (index === 4 ? [] : names));
    expect(elsewhere.filter((name) => taken.includes(name))).toEqual(['setup_profiler_report']);
  });
});

describe.skipIf(!hasPython)('a whole notebook that may ask', () => {
  async function written(endpoint: string): Promise<string> {
    const folder = newFolder();
    writeRules(join(folder, 'profiler-reports'));
    return writeNotebook(folder, { processingJobArn: ARN, usage: { endpoint } });
  }
  const setupText = (path: string) =>
    codeCells(readNotebook(path))
      .find(({ id }) => id === 'setup')
      ?.outputs?.flatMap(({ text = [] }) => text)
      .join('');

  test('reaches for nothing outside where nobody said yes', async () => {
    const path = await written(ENDPOINT);
    const [shown = {}] = askPython<Record<string, Shown>>('run', [path]);
    expect(Object.values(shown).filter(({ error }) => error !== null)).toEqual([]);
    expect(shown.setup?.text).toMatch(/^Nothing was sent: .*\n$/);
  });

  test('runs in a real kernel: silent without a yes, one request with it, the same figures, and valid', async () => {
    const receiver = await beaconReceiver();
    const path = await written(receiver.url);
    const before = rounded(figures(readNotebook(path)));
    const home = newFolder();
    const env = { CI: '', NO_PROXY: '127.0.0.1', XDG_CONFIG_HOME: '' };
    await execute([path], home, env);
    expect(setupText(path)).toMatch(/^Nothing was sent: you have not said yes, and nobody can be asked here\. .*\n$/);
    expect(receiver.received()).toEqual([]);
    keep(home, answered('granted', receiver.url));
    await execute([path], home, env);
    const url = requestUrl(receiver.url, reportOpened(VERSION, ARN));
    expect(setupText(path)).toMatch(/: answered with 204\. .*\n$/);
    expect(setupText(path)).toContain(`One request was made: GET ${url} (headers`);
    expect(receiver.received()).toMatchObject([{ method: 'GET', url }]);
    expect(rounded(figures(readNotebook(path)))).toEqual(before);
    expect(askPython('validate', [path])).toEqual([null]);
    await receiver.close();
  }, 120_000);
});
