import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { POLICY_VERSION } from '../../src/beacon/payload.ts';
import { readKept } from '../../src/consent/inputs.ts';
import { answered, put } from '../writers/notebook-cell.ts';
import { asOrdinaryUser, command, newFolder, permissionsBind } from './command.ts';

const ENDPOINT = 'https://stats.example.org/';
const OTHER = 'https://other.example/';
const LAB = '.jupyter/lab/user-settings/profiler-report-jupyterlab/plugin.jupyterlab-settings';

let home: string;
let file: string;
beforeEach(() => {
  home = newFolder();
  file = join(home, '.config/profiler-report/consent.json');
});

async function consent(args: string[], env: Record<string, string> = {}, through: readonly string[] = []) {
  return command(['consent', ...args], { env: { HOME: home, ...env }, cwd: home, through });
}

/** Standard output of a command that must succeed. */
async function said(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await consent(args, env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const shown = async (args: string[] = [], env: Record<string, string> = {}) =>
  JSON.parse(await said(['show', '--json', ...args], env));

async function refused(args: string[], line: string, env: Record<string, string> = {}, through: readonly string[] = []) {
  const { code, stderr } = await consent(args, env, through);
  expect(stderr).toMatch(/^profiler-report: [^\n]+\n$/);
  expect(stderr).toContain(line);
  expect(code).toBe(2);
}

describe('consent grant', () => {
  test('tells who would learn what, and keeps a yes that only the user can read', async () => {
    const text = await said(['grant', '--endpoint', 'https://stats.example.org']);
    expect(text).toContain(
      `GET ${ENDPOINT}?x-artifact-id=profiler-report/0&x-arn=<ARN of the processing job>\nor with the SHA-256 of that ARN`,
    );
    expect(text).toContain(`Kept in ${file};`);
    const choices = readKept(readFileSync(file, 'utf8')).choices;
    expect(choices).toEqual([answered('granted', ENDPOINT, { date: choices[0]?.date ?? '' })]);
    expect(Math.abs(Date.now() - Date.parse(choices[0]?.date ?? ''))).toBeLessThan(60_000);
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readdirSync(join(file, '..'))).toEqual(['consent.json']);
  });

  test('for one endpoint after another keeps both, and the same one once', async () => {
    for (const endpoint of [ENDPOINT, OTHER, ENDPOINT]) await said(['grant', '--endpoint', endpoint]);
    expect((await shown()).choices.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual([OTHER, ENDPOINT]);
  });

  test('says where it changes nothing here', async () => {
    const text = await said(['grant', '--endpoint', ENDPOINT], { DO_NOT_TRACK: '1' });
    expect(text).toMatch(/Here it is not told all the same: DO_NOT_TRACK is set in the environment\.\n$/);
    expect(await said(['grant', '--endpoint', ENDPOINT])).not.toContain('all the same');
  });

  test('follows XDG_CONFIG_HOME and a symbolic link', async () => {
    const config = newFolder();
    put(join(config, 'elsewhere.json'), '{"choices": []}');
    mkdirSync(join(config, 'profiler-report'));
    symlinkSync('../elsewhere.json', join(config, 'profiler-report/consent.json'));
    await said(['grant', '--endpoint', ENDPOINT], { XDG_CONFIG_HOME: config });
    expect(readKept(readFileSync(join(config, 'elsewhere.json'), 'utf8')).choices).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    [['grant'], "required option '--endpoint <url>' not specified"],
    [['grant', '--endpoint', 'stats.example.org'], '--endpoint "stats.example.org" is not a URL'],
    [['grant', '--endpoint', `${ENDPOINT}?a=1`], 'has a query'],
    [['revoke', '--endpoint', 'x'], 'is not a URL'],
    [['show', '--endpoint', 'x'], 'is not a URL'],
    [['frobnicate'], "unknown command 'frobnicate'"],
  ])('%j gets one line', async (args, line) => {
    await refused(args, line);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('consent deny and revoke', () => {
  test('a no takes the place of each yes, and a yes that of the no', async () => {
    for (const endpoint of [ENDPOINT, OTHER]) await said(['grant', '--endpoint', endpoint]);
    expect(await said(['deny'])).toMatch(/^No: /);
    expect(readKept(readFileSync(file, 'utf8')).choices).toMatchObject([{ scope: 'viewer', answer: 'denied' }]);
    expect((await shown(['--endpoint', ENDPOINT])).decisions).toEqual([
      { endpoint: ENDPOINT, allowed: false, source: 'choice', reason: 'you said no' },
    ]);
    await said(['grant', '--endpoint', ENDPOINT]);
    expect((await shown()).decisions).toMatchObject([{ endpoint: ENDPOINT, allowed: true }]);
  });

  test('revoke forgets one endpoint or all, and makes no file', async () => {
    expect(await said(['revoke'])).toBe(`Nothing to forget in ${file}.\n`);
    expect(existsSync(file)).toBe(false);
    for (const endpoint of [ENDPOINT, OTHER]) await said(['grant', '--endpoint', endpoint]);
    expect(await said(['revoke', '--endpoint', OTHER])).toBe(`1 answer forgotten in ${file}.\n`);
    expect((await shown()).choices).toMatchObject([{ endpoint: ENDPOINT }]);
    await said(['revoke']);
    expect((await shown(['--endpoint', ENDPOINT])).decisions).toMatchObject([{ source: 'nobody to ask' }]);
  });

  test('what JupyterLab keeps is not forgotten, and that is said', async () => {
    put(join(home, LAB), `{\n    // Answers\n    "choices": ${JSON.stringify([answered('granted', ENDPOINT)])}\n}`);
    expect(await said(['revoke'])).toContain(
      `JupyterLab keeps answers of its own: take them back in its settings (${join(home, LAB)})`,
    );
  });
});

describe('consent show', () => {
  test('tells every answer, and what follows for each endpoint that is known', async () => {
    const yes = answered('granted', ENDPOINT);
    put(file, { choices: [yes, answered('granted', OTHER, { policyVersion: 0 }), answered('denied', '', { scope: 'cluster' })] });
    put(join(home, LAB), { choices: [answered('granted', 'https://lab.example/')] });
    put(join(home, 'profiler-report.config.json'), { beacon_endpoint: 'https://project.example/' });
    const text = await said(['show']);
    expect(text).toBe(
      [
        `Your answers  ${file}`,
        `  yes, as viewer  ${ENDPOINT}  ${yes.date}, version ${POLICY_VERSION} of what is sent`,
        `  yes, as viewer  ${OTHER}      ${yes.date}, version 0 of what is sent`,
        `  no, as cluster  ${'every endpoint'.padEnd(ENDPOINT.length)}  ${yes.date}`,
        '',
        `Kept by JupyterLab  ${join(home, LAB)}`,
        `  yes, as viewer  https://lab.example/  ${yes.date}, version ${POLICY_VERSION} of what is sent`,
        '',
        'When you run the notebook of a report here',
        `  ${ENDPOINT}  is told      choice         you said yes`,
        `  ${OTHER}      is not told  nobody to ask  you said yes to an earlier version of what is sent, and nobody can be asked here`,
        '  https://lab.example/        is told      choice         you said yes',
        '  https://project.example/    is not told  nobody to ask  you said yes to another endpoint, and nobody can be asked here',
        '',
      ].join('\n'),
    );
    expect(await shown()).toMatchObject({
      file,
      damaged: false,
      choices: [yes, {}, {}],
      jupyterlab: [{ file: join(home, LAB) }],
    });
    expect((await shown()).decisions).toHaveLength(4);
  });

  test('counts a no wherever JupyterLab may keep it, a yes only where it does here', async () => {
    const elsewhere = join(home, LAB.replace('.jupyter', '.config/jupyter'));
    const here = { JUPYTER_PLATFORM_DIRS: '1' };
    const told = async (env = {}) => (await shown(['--endpoint', ENDPOINT], env)).decisions[0].allowed;
    put(elsewhere, { choices: [answered('granted', ENDPOINT)] });
    expect([await told(), await told(here), await told({ ...here, JUPYTER_CONFIG_DIR: 'relative' })]).toEqual([
      false,
      true,
      false,
    ]);
    await said(['grant', '--endpoint', ENDPOINT]);
    put(elsewhere, { choices: [answered('denied', '')] });
    expect([await told(), await told(here)]).toEqual([false, false]);
  });

  test('names what says no, whatever was answered', async () => {
    await said(['grant', '--endpoint', ENDPOINT]);
    for (const name of ['OPT_OUT_TRACKING', 'DO_NOT_TRACK', 'PAPERMILL_EXECUTION', 'CI']) {
      expect((await shown([], { [name]: 'true' })).decisions).toMatchObject([{ allowed: false, source: name }]);
    }
    put(join(home, 'profiler-report.config.json'), { opt_out_telemetry: 'True' });
    const [{ source, reason }] = (await shown()).decisions;
    expect([source, reason]).toEqual([
      'override',
      `an administrator or the project has switched usage statistics off (${join(home, 'profiler-report.config.json')})`,
    ]);
  });

  test('tells that nothing is known, and writes nothing', async () => {
    expect(await said(['show'])).toContain('  none\n\nWhen you run the notebook of a report here\n  No endpoint is known');
    expect(readdirSync(home)).toEqual([]);
  });

  test('shows no control characters of what somebody else wrote', async () => {
    put(file, { choices: [{ scope: 'viewer', answer: 'denied', date: '\u001b[2J' }, answered('granted', '\u001b]0;x\u0007')] });
    expect((await said(['show'])).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('a file of answers that is damaged', () => {
  const RUINS = ['{"choices": [', '[]', '', 'null', '{"choices": 3}', '{"choices": [{"scope": "viewer", "answer": "perhaps"}]}'];
  const may = 'what was answered cannot be understood, and may be a no';

  test.each(RUINS)('may hold a no, and is kept beside: %s', async (text) => {
    put(file, text);
    expect(await said(['show'])).toContain('  This file is damaged: it may hold a no, so that nothing is sent.\n\n');
    const decisions = [{ endpoint: ENDPOINT, allowed: false, source: 'unreadable', reason: `${may} (${file})` }];
    expect(await shown(['--endpoint', ENDPOINT])).toMatchObject({ damaged: true, decisions });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await said(['deny'])).toContain(`The file was damaged: what it held is in ${file}.damaged.`);
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
    expect(await shown()).toMatchObject({ damaged: false, choices: [{ answer: 'denied' }] });
  });

  test.each(RUINS)('wins over a yes where it is that of JupyterLab: %s', async (text) => {
    put(join(home, LAB), text);
    expect(await said(['grant', '--endpoint', ENDPOINT])).toContain(
      `Here it is not told all the same: ${may} (${join(home, LAB)}).`,
    );
    expect(await shown()).toMatchObject({
      damaged: false,
      jupyterlab: [{ damaged: true }],
      decisions: [{ source: 'unreadable' }],
    });
  });

  test('of JupyterLab is not one with comments and last commas', async () => {
    put(join(home, LAB), `{\n /* mine */ "choices": [${JSON.stringify(answered('granted', ENDPOINT))},], // ]\n}`);
    expect(await shown()).toMatchObject({ jupyterlab: [{ damaged: false }], decisions: [{ allowed: true }] });
  });

  test('keeps the answers that could be read', async () => {
    put(file, { choices: [answered('granted', OTHER), 7] });
    await said(['grant', '--endpoint', ENDPOINT]);
    expect((await shown()).choices).toMatchObject([{ endpoint: OTHER }, { endpoint: ENDPOINT }]);
  });
});

describe('where answers cannot be kept there is one line', () => {
  const grant = ['grant', '--endpoint', ENDPOINT];

  test.each([grant, ['deny'], ['revoke'], ['show']])('without a home: %j', async (...args) => {
    await refused(args, 'no folder to keep answers in: set HOME to an absolute path.', { HOME: '' });
  });

  test('a folder in the place of the file', async () => {
    mkdirSync(file, { recursive: true });
    for (const args of [grant, ['deny'], ['revoke'], ['show']]) await refused(args, 'it is a folder, not a file');
  });

  test('a file in the place of the folder', async () => {
    put(join(home, '.config'), 'x');
    await refused(grant, `cannot write ${file}`);
  });

  test('a wrong config file, also of another than the answer', async () => {
    put(join(home, 'profiler-report.config.json'), '{');
    await refused(grant, 'profiler-report.config.json is not JSON');
    expect(existsSync(file)).toBe(false);
    await said(['deny']);
  });

  test.skipIf(!permissionsBind)('a read-only folder', async () => {
    mkdirSync(join(home, '.config'));
    chmodSync(join(home, '.config'), 0o500);
    await refused(grant, `cannot write ${file}: permission denied`, {}, asOrdinaryUser);
    chmodSync(join(home, '.config'), 0o700);
  });
});
