import type { Choice, Decision } from '../../../src/consent/decide.ts';
import type { LabSettings } from './settings.ts';
import type { InFront, Subject } from './token.ts';

/** An input of the decision, for people. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly from: string;
}

/** Everything that the lab knows of the decision, and what it cannot know. */
export function decisionRows(settings: LabSettings, globalPrivacyControl: boolean): Row[] {
  const { administrator, optOut, endpoint, endpointProblem, choices, unreadable } = settings;
  return [
    { what: 'Endpoint of reports made here', value: endpoint ?? endpointProblem ?? 'none', from: setBy(settings, 'endpoint') },
    { what: 'Reports made here are opted out', value: yesNo(optOut), from: setBy(settings, 'optOut') },
    {
      what: 'Nothing at all is sent from here',
      value: yesNo(administrator.optOut === true),
      from: administrator.optOut === undefined ? 'no administrator said anything' : ADMINISTRATOR,
    },
    { what: 'Global Privacy Control', value: globalPrivacyControl ? 'on' : 'off', from: 'this browser' },
    ...(unreadable ? [{ what: 'Your answers', value: 'cannot be understood, and may be a no', from: SETTINGS }] : []),
    ...choices.filter(({ scope }) => scope === 'viewer').map(answerRow),
    ...(choices.length === 0 && !unreadable ? [{ what: 'Your answers', value: 'none', from: SETTINGS }] : []),
    ...UNSEEN,
  ];
}

/** What follows, a sentence each: for whatever is opened here, for reports made here, and for what is in front. */
export function outcomes(
  { optOut, endpoint }: LabSettings,
  decide: (about: Subject) => Decision,
  policyVersion: number,
  inFront?: InFront,
): string[] {
  const every = decide({ endpoint: '', policyVersion }); // which no answer names
  const told = (about: Subject) => {
    const { allowed, reason } = decide(about);
    return `${about.endpoint ?? 'nobody'} is ${allowed || about.endpoint === undefined ? '' : 'not '}told: ${reason}.`;
  };
  return [
    every.source === 'no choice'
      ? 'A report tells somebody only after you said yes.'
      : `Nobody is told of reports opened here: ${every.reason}.`,
    optOut || endpoint === undefined
      ? `Reports made here cannot tell anybody: ${endpoint === undefined ? 'there is no endpoint' : 'they are opted out'}.`
      : `Reports made here ask whoever opens them. If you do, ${told({ endpoint, policyVersion })}`,
    ...(inFront ? [`In front, ${inFront.name}: ${told(inFront)}`] : []),
  ];
}

const SETTINGS = "this lab's settings";
const ADMINISTRATOR = 'an administrator (overrides.json)';

/** The code of a notebook runs elsewhere; whatever it finds there can only say no. */
const UNSEEN: readonly Row[] = [
  {
    what: 'Environment of a notebook’s kernel',
    value: 'not seen from here; can only say no',
    from: 'OPT_OUT_TRACKING, DO_NOT_TRACK, CI, PAPERMILL_EXECUTION',
  },
  {
    what: 'Config files where the kernel runs',
    value: 'not seen from here; can only say no',
    from: 'opt_out_telemetry in profiler-report.config.json, config.json',
  },
];

function setBy({ administrator, own }: LabSettings, key: 'optOut' | 'endpoint'): string {
  if (administrator[key] !== undefined) return own[key] === undefined ? ADMINISTRATOR : `${ADMINISTRATOR}, over yours`;
  return own[key] === undefined ? 'the default' : 'you';
}

function answerRow({ answer, endpoint, policyVersion, date }: Choice): Row {
  const said = answer === 'denied' ? 'no, to every endpoint' : `yes, to ${endpoint}, version ${policyVersion} of what is sent`;
  return { what: 'Your answer', value: said, from: date ? `${SETTINGS}, ${date.slice(0, 16).replace('T', ' ')} UTC` : SETTINGS };
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no');
