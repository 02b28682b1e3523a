import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Choice, Decision } from '../../../src/consent/decide.ts';
import { PACKAGE } from '../ids.ts';
import type { LabSettings } from './settings.ts';

/** What would be sent, to whom, about what; all of it is shown before anybody says yes. */
export interface Question {
  /** In the form of `parseEndpoint`. */
  readonly endpoint: string;
  /** Of the promise that is made. */
  readonly policyVersion: number;
  /** The exact request, a GET. */
  readonly url: string;
  /** What was opened, for people: the name of the file. */
  readonly name: string;
}

/** `once` is a yes to one opening and kept nowhere. */
export type Answer = 'always' | 'once' | 'never' | 'later';

/** Usage statistics in this lab: the settings, the decision, the question. */
export interface IUsage {
  readonly settings: LabSettings;
  /** The settings changed, by whomever. */
  readonly changed: ISignal<IUsage, void>;
  /** The one decision of src/consent on behalf of the viewer. `optOut` is that of a notebook's call. */
  decide(about: { readonly endpoint: string | undefined; readonly policyVersion: number; readonly optOut?: boolean }): Decision;
  /** Shows who would be told and the exact request, and keeps what was answered (`always`, `never`) with its date in the settings. */
  ask(question: Question, answers: readonly Answer[]): Promise<Answer>;
  /** Keeps an answer in the settings. */
  keep(answer: Choice['answer'], endpoint: string, policyVersion: number): Promise<void>;
}

export const IUsage = new Token<IUsage>(`${PACKAGE}:IUsage`, 'Usage statistics by consent.');
