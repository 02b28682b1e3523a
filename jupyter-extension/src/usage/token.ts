import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Choice, Decision } from '../../../src/consent/decide.ts';
import { PACKAGE } from '../ids.ts';
import type { LabSettings } from './settings.ts';

/** What is decided about. */
export interface Subject {
  readonly endpoint: string | undefined;
  /** Of the promise that is made. */
  readonly policyVersion: number;
  /** That of a notebook's call. */
  readonly optOut?: boolean;
}

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
  /** Who makes the request and adds headers of its own: this browser unless our code in a notebook does, or the service's function. */
  readonly by?: 'browser' | 'notebook' | 'service';
}

/** `once` is a yes to one opening and kept nowhere. */
export type Answer = 'always' | 'once' | 'never' | 'later';

/** A report in front, for the dialog that shows the whole decision. */
export interface InFront extends Subject {
  /** The name of the file. */
  readonly name: string;
}

/** Usage statistics in this lab: the settings, the decision, the question. */
export interface IUsage {
  readonly settings: LabSettings;
  /** The settings changed, by whomever. */
  readonly changed: ISignal<IUsage, void>;
  /** The one decision of src/consent on behalf of the viewer. */
  decide(about: Subject): Decision;
  /**
   * Fetches the settings again: another tab may have kept a no. Right before something is sent, call it and decide after it. Never
   * rejects; where the settings cannot be read the decision is a no.
   */
  refresh(): Promise<void>;
  /**
   * Shows who would be told and the exact request, and keeps what was answered (`always`, `never`) with its date in the settings. Of a
   * yes that cannot be kept remains `once` where that was among the answers, else `later`. Never rejects; what went wrong is told.
   */
  ask(question: Question, answers: readonly Answer[]): Promise<Answer>;
  /** Keeps an answer in the settings. Rejects with one line for people where it cannot; a no then counts until the page is closed. */
  keep(answer: Choice['answer'], endpoint: string, policyVersion: number): Promise<void>;
  /** Forgets every answer of the viewer. Rejects as above. */
  forget(): Promise<void>;
  /** Tells the dialog that shows the whole decision what is in front: undefined where it is no report of the caller's. */
  addInFront(inFront: () => InFront | undefined): IDisposable;
}

export const IUsage = new Token<IUsage>(`${PACKAGE}:IUsage`, 'Usage statistics by consent.');
