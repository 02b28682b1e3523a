import { describe, expect, it } from 'vitest';
import { decisionRows, outcomes } from '../../jupyter-extension/src/usage/decision-rows.ts';
import { readSettings, type UserSettings } from '../../jupyter-extension/src/usage/settings.ts';
import type { Subject } from '../../jupyter-extension/src/usage/token.ts';
import { NOTEBOOK_HEADERS } from '../../src/beacon/headers.ts';
import { decide } from '../../src/consent/decide.ts';
import { notebookSources } from '../../src/generated/notebook.ts';
import { answered } from '../writers/notebook-cell.ts';

const MINE = 'https://mine.example/';
const THEIRS = 'https://theirs.example/';

describe('the settings', () => {
  it('say no to everything where nobody set anything', () => {
    const nothing = { optOut: true, endpoint: undefined, choices: [], unreadable: false, administrator: {}, own: {} };
    for (const user of [{}, { usageStatistics: {} }, { usageStatistics: { endpoint: ' ' } }, { usageStatistics: null }])
      expect(readSettings({}, user)).toMatchObject({ ...nothing, own: {} });
    expect(readSettings(undefined, {})).toEqual(nothing);
  });

  it.each([
    [{}, { optOut: false, endpoint: 'https://mine.example' }, false, MINE],
    [{ endpoint: THEIRS }, { optOut: false, endpoint: MINE }, false, THEIRS],
    [{ endpoint: THEIRS }, {}, true, THEIRS],
    [{ endpoint: '' }, { endpoint: MINE }, true, undefined],
    [{ optOut: true }, { optOut: false, endpoint: MINE }, true, MINE],
    [{ optOut: false }, { optOut: true }, false, undefined],
    [{ optOut: 'True' }, { optOut: false }, true, undefined],
    [{ optOut: null, endpoint: null }, { optOut: false, endpoint: MINE }, false, MINE],
    ['nonsense', { optOut: 'false', endpoint: MINE }, false, MINE],
    [[], { optOut: {} }, true, undefined],
  ])('of an administrator, %j, win over %j', (override, usageStatistics, optOut, endpoint) => {
    expect(readSettings(override, { usageStatistics })).toMatchObject({ optOut, endpoint });
  });

  it.each([
    [{ endpoint: 'theirs' }, MINE, 'the endpoint in overrides.json "theirs" is not a URL'],
    [{ endpoint: 7 }, MINE, 'the endpoint in overrides.json "7" is not a URL'],
    [{}, 'ftp://mine.example/', 'the endpoint in the settings "ftp://mine.example/" is neither https nor http'],
    [{}, [MINE], 'is not a URL'],
  ])('tell in one line of an endpoint that is none: %j, %j', (override, endpoint, line) => {
    const settings = readSettings(override, { usageStatistics: { endpoint } });
    expect(settings.endpoint).toBeUndefined();
    expect(settings.endpointProblem).toContain(line);
    expect(settings.endpointProblem).not.toContain('\n');
  });

  it('hold the answers that can be understood, and tell of the others', () => {
    const yes = answered('granted', MINE);
    expect(readSettings({}, { choices: [yes] })).toMatchObject({ choices: [yes], unreadable: false });
    expect(readSettings({}, { choices: [yes, 'no'] })).toMatchObject({ choices: [yes], unreadable: true });
    for (const choices of [{}, 'no', 0, null, false]) {
      expect(readSettings({}, { choices })).toMatchObject({ choices: [], unreadable: true });
    }
  });
});

/** What the lab shows of such settings. */
function shown(override: object, user: UserSettings, globalPrivacyControl = false, inFront?: Subject & { name: string }) {
  const settings = readSettings(override, user);
  const { administrator, choices, unreadable } = settings;
  const override_ = administrator.optOut === true;
  const ask = ({ optOut = false, ...about }: Subject) =>
    decide({
      scope: 'viewer',
      ...about,
      choices,
      unreadable,
      canAsk: true,
      override: override_,
      globalPrivacyControl,
      opt_out: optOut,
    });
  const rows = decisionRows(settings, globalPrivacyControl).map(({ what, value, from }) => `${what} | ${value} | ${from}`);
  return { rows, outcomes: outcomes(settings, ask, 1, inFront) };
}

describe('the whole decision', () => {
  const usageStatistics = { optOut: false, endpoint: MINE };

  it('names every input, its value and where it comes from', () => {
    const choices = [
      answered('granted', MINE),
      answered('granted', THEIRS, { policyVersion: 0 }),
      { scope: 'viewer', answer: 'denied' },
    ];
    expect(shown({ endpoint: THEIRS }, { usageStatistics, choices }, true).rows).toEqual([
      `Endpoint of reports made here | ${THEIRS} | an administrator (overrides.json), over yours`,
      'Reports made here are opted out | no | you',
      'Nothing at all is sent from here | no | no administrator said anything',
      'Global Privacy Control | on | this browser',
      `Your answer | yes, to ${MINE}, version 1 of what is sent | this lab's settings, 2026-11-21 09:30 UTC`,
      `Your answer | yes, to ${THEIRS}, version 0 of what is sent | this lab's settings, 2026-11-21 09:30 UTC`,
      "Your answer | no, to every endpoint | this lab's settings",
      expect.stringMatching(/^Environment of a notebook’s kernel \| not seen from here; can only say no \| OPT_OUT_TRACKING, /),
      expect.stringContaining('Config files where the kernel runs | not seen from here; can only say no'),
    ]);
    expect(shown({}, {}).rows.slice(0, 5)).toEqual([
      'Endpoint of reports made here | none | the default',
      'Reports made here are opted out | yes | the default',
      'Nothing at all is sent from here | no | no administrator said anything',
      'Global Privacy Control | off | this browser',
      "Your answers | none | this lab's settings",
    ]);
    expect(shown({ optOut: true }, { choices: [3] }).rows.slice(1, 5)).toEqual([
      'Reports made here are opted out | yes | an administrator (overrides.json)',
      'Nothing at all is sent from here | yes | an administrator (overrides.json)',
      'Global Privacy Control | off | this browser',
      "Your answers | cannot be understood, and may be a no | this lab's settings",
    ]);
    expect(shown({ endpoint: 'x' }, {}).rows[0]).toContain('| the endpoint in overrides.json "x" is not a URL');
  });

  const FREE = 'A report tells somebody only after you said yes.';
  it.each([
    [{}, {}, [FREE, 'Reports made here cannot tell anybody: there is no endpoint.']],
    [{}, { usageStatistics: { endpoint: MINE } }, [FREE, 'Reports made here cannot tell anybody: they are opted out.']],
    [
      {},
      { usageStatistics },
      [FREE, `Reports made here ask whoever opens them. If you do, ${MINE} is not told: you have not said yes.`],
    ],
    [
      {},
      { usageStatistics, choices: [answered('granted', MINE)] },
      [FREE, `Reports made here ask whoever opens them. If you do, ${MINE} is told: you said yes.`],
    ],
    [
      { optOut: true },
      { usageStatistics, choices: [answered('granted', MINE)] },
      [
        'Nobody is told of reports opened here: an administrator or the project has switched usage statistics off.',
        'Reports made here cannot tell anybody: they are opted out.',
      ],
    ],
    [
      {},
      { choices: [answered('denied', '')] },
      ['Nobody is told of reports opened here: you said no.', 'Reports made here cannot tell anybody: there is no endpoint.'],
    ],
  ])('ends in what follows: %j %j', (override, user, sentences) => {
    expect(shown(override, user).outcomes).toEqual(sentences);
  });

  it.each([
    [{ endpoint: MINE, policyVersion: 1 }, `${MINE} is told: you said yes.`],
    [{ endpoint: MINE, policyVersion: 1, optOut: true }, `${MINE} is not told: the notebook says opt_out=True.`],
    [{ endpoint: THEIRS, policyVersion: 1 }, `${THEIRS} is not told: you said yes to another endpoint.`],
    [{ endpoint: undefined, policyVersion: 1 }, 'nobody is told: no endpoint is configured: there is nobody to tell.'],
  ])('tells of the report in front: %j', (about, line) => {
    const { outcomes } = shown({}, { choices: [answered('granted', MINE)] }, false, { name: 'a.ipynb', ...about });
    expect(outcomes[2]).toBe(`In front, a.ipynb: ${line}`);
  });
});

it('the headers shown are those of the notebook', () => {
  expect(Object.values(notebookSources).join('\n')).toContain(NOTEBOOK_HEADERS);
});
