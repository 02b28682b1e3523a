import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { hashOfArn } from '../../src/consent/usage.ts';
import { VERSION } from '../../src/model/version.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { newFolder } from '../cli/command.ts';
import { hasPython } from '../notebooks.ts';
import { ARN, answered, asking, type Circumstances, keep, put, runCell, setupCell } from './notebook-cell.ts';

const HEADERS = { 'user-agent': 'profiler-report', 'accept-encoding': 'identity', connection: 'close' };
const LAB = 'lab/user-settings/profiler-report-jupyterlab/plugin.jupyterlab-settings';

/** As JupyterLab writes what an extension sets: the settings' titles and descriptions stand above as comments. */
const labSettings = (choices: unknown) => `{
    // profiler-report
    // profiler-report-jupyterlab:plugin
    // Settings of profiler-report, see https://profiler-report.example/
    // *****************************************************************

    // Answers
    // Who may be told that a report is opened
    "choices": ${JSON.stringify(choices, null, 4).replaceAll('\n', '\n    ')}
}`;

describe.skipIf(!hasPython)('the fifth code cell of a report that may ask', () => {
  let receiver: BeaconReceiver;
  let other: BeaconReceiver;
  let url: string;
  let cell: string;

  beforeAll(async () => {
    [receiver, other] = await Promise.all([beaconReceiver(), beaconReceiver()]);
    url = requestUrl(receiver.url, reportOpened(VERSION, ARN));
    cell = await setupCell(asking(receiver.url));
  });
  afterEach(() => {
    receiver.answer(204);
    expect([receiver.received(), other.received()]).toEqual([[], []]);
  });
  afterAll(() => Promise.all([receiver.close(), other.close()]));

  /** The other answer, where an answer decided. */
  const how = (decided: string) => {
    if (/^you /.test(decided)) return ` To say yes: profiler-report consent grant --endpoint ${receiver.url}`;
    return /^(a yes|processing_job_arn|PROFILER)/.test(decided) ? ' To say no: profiler-report consent deny' : '';
  };
  const asked = (request = url) =>
    `GET ${request} (headers Host, User-Agent: profiler-report, Accept-Encoding: identity, Connection: close)`;

  /** Runs the cell and expects one line that says why nothing was sent. */
  async function silent(home: string, reason: string, circumstances: Circumstances = {}): Promise<void> {
    const { lines } = await runCell(cell, home, circumstances);
    expect(lines).toEqual([`Nothing was sent: ${reason}.${how(reason)}`]);
  }

  /** Runs the cell and expects exactly the one request, and one line that tells it. */
  async function sent(home: string, circumstances: Circumstances = {}, request = url, run = cell): Promise<void> {
    const { lines } = await runCell(run, home, circumstances);
    expect(lines).toEqual([`One request was made: ${asked(request)}: answered with 204.${how('a yes')}`]);
    const [{ headers, ...received } = {}, ...more] = receiver.received();
    expect([received, more]).toEqual([{ method: 'GET', url: request }, []]);
    expect(headers).toEqual({ host: new URL(receiver.url).host, ...HEADERS });
  }

  function withAnswer(...choices: Parameters<typeof answered>[]): string {
    const home = newFolder();
    keep(home, ...choices.map((choice) => answered(...choice)));
    return home;
  }
  const withYes = () => withAnswer(['granted', receiver.url]);

  describe('sends one request', () => {
    test('after a kept yes', () => sent(withYes()));

    test('where the config folder is named', async () => {
      const [home, config] = [newFolder(), newFolder()];
      put(join(config, 'profiler-report/consent.json'), { choices: [answered('granted', receiver.url)] });
      await sent(home, { env: { XDG_CONFIG_HOME: config } });
    });

    test('after a yes kept by JupyterLab, wherever its settings are', async () => {
      const settings = labSettings([answered('granted', 'https://other.example/'), answered('granted', receiver.url)]);
      const home = newFolder();
      put(join(home, '.jupyter', LAB), settings);
      await sent(home);
      put(join(home, 'config', LAB), settings);
      put(join(home, 'own', LAB.slice('lab/user-settings/'.length)), settings);
      put(join(home, '.jupyter', LAB), '{}');
      await sent(home, { env: { JUPYTER_CONFIG_DIR: join(home, 'config') } });
      await sent(home, { env: { JUPYTERLAB_SETTINGS_DIR: join(home, 'own'), JUPYTER_CONFIG_DIR: '/nowhere' } });
    });

    test('with the hash of the ARN, where the report was made so', async () => {
      const request = requestUrl(receiver.url, reportOpened(VERSION, hashOfArn(ARN)));
      await sent(withYes(), {}, request, await setupCell(asking(receiver.url, true)));
    });

    test('of the job that the parameters name', async () => {
      const arn = ARN.replace('mnist', 'other');
      await sent(withYes(), { arn: JSON.stringify(arn) }, requestUrl(receiver.url, reportOpened(VERSION, arn)));
    });

    test('where switches are off and config files opt nobody out', async () => {
      const home = withYes();
      put(join(home, 'profiler-report.config.json'), { opt_out_telemetry: 'False', beacon_endpoint: 'https://other.example/' });
      put(join(home, '.config/profiler-report/config.json'), { opt_out_telemetry: 0 });
      await sent(home, { env: { CI: 'false', DO_NOT_TRACK: '0', OPT_OUT_TRACKING: '', PROFILER_REPORT_BEACON_DEBUG: '0' } });
    });

    test('and no more when it is run again', async () => {
      const { lines } = await runCell(cell, withYes(), { after: cell });
      expect(lines).toEqual([
        `One request was made: ${asked()}: answered with 204.${how('a yes')}`,
        `Nothing was sent: the one attempt of this opening was made already.${how('a yes')}`,
      ]);
      expect(receiver.received()).toHaveLength(1);
    });
  });

  describe('sends nothing', () => {
    test('where nobody was asked', () => silent(newFolder(), 'you have not said yes, and nobody can be asked here'));
    test('after a no', () => silent(withAnswer(['denied', 'https://other.example/']), 'you said no'));
    test('after a no and a yes', () => silent(withAnswer(['granted', receiver.url], ['denied', receiver.url]), 'you said no'));
    test('after a yes to another endpoint', () =>
      silent(
        withAnswer(['granted', 'https://other.example/']),
        'you said yes to another endpoint, and nobody can be asked here',
      ));
    test('after a yes to an earlier version', () =>
      silent(
        withAnswer(['granted', receiver.url, { policyVersion: 0 }]),
        'you said yes to an earlier version of what is sent, and nobody can be asked here',
      ));
    test('after the yes of an operator', () =>
      silent(
        withAnswer(['granted', receiver.url, { scope: 'container' }]),
        'you have not said yes, and nobody can be asked here',
      ));

    test('after a no kept by JupyterLab, and a yes', async () => {
      const home = withYes();
      put(join(home, '.jupyter', LAB), labSettings([answered('denied', receiver.url)]));
      await silent(home, 'you said no');
    });

    test.each([
      ['OPT_OUT_TRACKING', 'true', 'OPT_OUT_TRACKING is set in the environment'],
      ['OPT_OUT_TRACKING', 'True', 'OPT_OUT_TRACKING is set in the environment'],
      ['DO_NOT_TRACK', '1', 'DO_NOT_TRACK is set in the environment'],
      ['PAPERMILL_EXECUTION', '1', 'papermill runs the notebook: nobody is looking'],
      ['CI', 'true', 'this is a CI run: nobody is looking'],
    ])('with %s=%s', (name, value, reason) => silent(withYes(), reason, { env: { [name]: value } }));

    test('with opt_out=True', async () => {
      const { lines } = await runCell(cell.replace(/False\)$/, 'True)'), withYes());
      expect(lines).toEqual([`Nothing was sent: the notebook says opt_out=True.`]);
    });

    test.each([
      ['profiler-report.config.json', { opt_out_telemetry: true }],
      ['profiler-report.config.json', { opt_out_telemetry: 'True' }],
      ['profiler-report.config.json', { Opt_Out_Telemetry: 'yes' }],
      ['profiler-report.config.json', '{"opt_out_telemetry": tru'],
      ['profiler-report.config.json', '[]'],
      ['.config/profiler-report/config.json', { opt_out_telemetry: 1 }],
    ])('where %s holds %j', async (name, content) => {
      const home = withYes();
      put(join(home, name), content);
      const file = name.startsWith('.') ? join(home, name) : name;
      await silent(home, `an administrator or the project has switched usage statistics off (${file})`);
    });

    test('where the administrator says so', async () => {
      const home = withYes();
      put(join(home, 'etc/config.json'), { opt_out_telemetry: true });
      const administrator = JSON.stringify(join(home, 'etc'));
      const call = `_administrator_folder = lambda env: ${administrator}\nsetup_profiler_report(processing_job_arn)`;
      const { lines } = await runCell(cell, home, {
        env: { OPT_OUT_TRACKING: '1' },
        after: `del os.environ["OPT_OUT_TRACKING"]\n${call}`,
      });
      expect(lines[1]).toContain(`switched usage statistics off (${home}/etc/config.json)`);
    });

    test.each([
      ['after a yes', withYes, 'PROFILER_REPORT_BEACON_DEBUG is set'],
      ['before one', newFolder, 'you have not said yes, and nobody can be asked here'],
    ])('with PROFILER_REPORT_BEACON_DEBUG %s, and shows the request', async (_, home, reason) => {
      const { lines } = await runCell(cell, home(), { env: { PROFILER_REPORT_BEACON_DEBUG: '1' } });
      expect(lines).toEqual([`Nothing was sent: ${reason}. The request is ${asked()}.${how(reason)}`]);
    });

    test.each(['""', 'None', '7', '"train-1"', `"${ARN}&x=1"`, `"${ARN}\\n"`, `"${ARN}#"`, `["${ARN}"]`, '"\\ud800"'])(
      'of %s',
      (arn) => silent(withYes(), 'processing_job_arn is not the ARN of a processing job', { arn }),
    );

    test.each(['{"choices": [', '{"choices": {}}', '\u0000', '\ufeff{}', `${'['.repeat(100_000)}`])(
      'after an answer that is damaged: %#',
      async (text) => {
        const home = newFolder();
        put(join(home, '.config/profiler-report/consent.json'), text);
        put(join(home, '.jupyter', LAB), text);
        const file = join(home, '.config/profiler-report/consent.json');
        await silent(home, `what was answered cannot be understood, and may be a no (${file})`);
      },
    );

    test.each(['{"choices": [', '', "{'choices': []}"])('after a yes, where what JupyterLab keeps is %j', async (text) => {
      const home = withYes();
      put(join(home, '.jupyter', LAB), text);
      await silent(home, `what was answered cannot be understood, and may be a no (${join(home, '.jupyter', LAB)})`);
    });

    test('where a kept answer cannot be read, which may be a no', async () => {
      const home = withYes();
      mkdirSync(join(home, '.jupyter', LAB), { recursive: true });
      await silent(home, `what you answered cannot be read ([Errno 21] Is a directory: '${join(home, '.jupyter', LAB)}')`);
    });

    test('because of a yes that lies beside the notebook, or where a relative path leads', async () => {
      const home = newFolder();
      const choices = { choices: [answered('granted', receiver.url)] };
      for (const path of ['consent.json', 'profiler-report/consent.json', '.config/profiler-report/consent.json', LAB])
        put(join(home, path), choices);
      const env = {
        HOME: '/nowhere',
        XDG_CONFIG_HOME: '.config',
        JUPYTER_CONFIG_DIR: '.',
        JUPYTERLAB_SETTINGS_DIR: 'lab/user-settings',
      };
      await silent(home, 'you have not said yes, and nobody can be asked here', { env });
      await silent(home, 'you have not said yes, and nobody can be asked here', { env: { HOME: '', XDG_CONFIG_HOME: '' } });
    });
  });

  describe('stays quiet and quick where it fails', () => {
    /** What came of the one attempt; the whole Python took less than 3 s. */
    async function attempt(run: string, circumstances: Circumstances = {}): Promise<string | undefined> {
      const { lines, seconds } = await runCell(run, withYes(), circumstances);
      expect(seconds).toBeLessThan(3);
      expect(lines).toHaveLength(1);
      return /^One request was made: GET \S+ \([^)]*\): (.*?)\. To say no/.exec(lines[0] ?? '')?.[1];
    }

    test('at a server that never answers', async () => {
      receiver.answer('hang');
      expect(await attempt(cell)).toMatch(/^(no answer within 2 s|failed, (timeout|TimeoutError))$/);
      expect(receiver.received()).toHaveLength(1);
    });

    test('at a name that is looked up for ever', async () => {
      const before = 'import socket, time\nsocket.getaddrinfo = lambda *_, **__: time.sleep(60)';
      expect(await attempt(cell, { before })).toBe('no answer within 2 s');
    });

    test('at a server that breaks off', async () => {
      receiver.answer('die');
      expect(await attempt(cell)).toBe('failed, RemoteDisconnected');
      expect(receiver.received()).toHaveLength(1);
    });

    test.each([404, 500, 429])('at an answer of %i', async (status) => {
      receiver.answer(status);
      expect(await attempt(cell)).toBe(`answered with ${status}`);
      expect(receiver.received()).toHaveLength(1);
    });

    test('at a redirect, which it does not follow', async () => {
      receiver.answer({ redirect: other.url });
      expect(await attempt(cell)).toBe('answered with 302');
      expect(receiver.received()).toHaveLength(1);
    });

    test('at a proxy of the environment that is not there', async () => {
      expect(await attempt(cell, { env: { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' } })).toBe(
        'failed, ConnectionRefusedError',
      );
    });

    test('where no thread can be started', async () => {
      const before =
        'import threading\ndef refuse(self): raise RuntimeError("can\'t start new thread")\nthreading.Thread.start = refuse';
      expect(await attempt(cell, { before })).toBe('failed, no thread can be started');
    });

    test('at a server that is gone', async () => {
      const gone = await beaconReceiver();
      await gone.close();
      const home = withAnswer(['granted', gone.url]);
      const { lines, seconds } = await runCell(await setupCell(asking(gone.url)), home);
      expect(lines[0]).toContain(': failed, ConnectionRefusedError. ');
      expect(seconds).toBeLessThan(3);
    });
  });
});
