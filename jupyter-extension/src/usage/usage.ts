import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { DisposableDelegate } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { type Choice, type Decision, decide } from '../../../src/consent/decide.ts';
import { type Kept, withChoice, withoutChoices } from '../../../src/consent/inputs.ts';
import { asksForPrivacy } from '../../../src/consent/privacy-control.ts';
import type { LabSettings } from './settings.ts';
import { Store } from './store.ts';
import type { Answer, InFront, IUsage, Question, Subject } from './token.ts';

export class Usage implements IUsage {
  readonly #changed = new Signal<IUsage, void>(this);
  readonly #store: Store;
  #asked: Promise<unknown> = Promise.resolve();
  readonly #inFront = new Set<() => InFront | undefined>();

  constructor(registry: ISettingRegistry) {
    this.#store = new Store(registry, () => this.#changed.emit());
  }

  get changed(): ISignal<IUsage, void> {
    return this.#changed;
  }

  get settings(): LabSettings {
    return this.#store.settings;
  }

  /** The report in front, where somebody knows it. */
  get inFront(): InFront | undefined {
    for (const ask of this.#inFront) {
      const found = ask();
      if (found) return found;
    }
    return undefined;
  }

  decide({ endpoint, policyVersion, optOut = false }: Subject): Decision {
    const { choices, administrator, unreadable } = this.settings;
    return decide({
      scope: 'viewer',
      endpoint,
      policyVersion,
      choices,
      canAsk: true,
      override: administrator.optOut === true,
      globalPrivacyControl: asksForPrivacy(navigator),
      opt_out: optOut,
      unreadable,
    });
  }

  /** Until it resolves nothing is known, so that nothing is sent. */
  load(): Promise<void> {
    return this.#store.load();
  }

  refresh(): Promise<void> {
    return this.#store.refresh();
  }

  /** One question after the other: what was answered to the first may leave nothing to ask. */
  ask(question: Question, answers: readonly Answer[]): Promise<Answer> {
    const { source } = this.decide(question);
    const answer = this.#asked.then(async () => {
      if (this.decide(question).source !== source) return 'later';
      const { ask } = await import('./ask.ts');
      return ask(this, question, answers);
    });
    this.#asked = answer.catch(() => {});
    return answer;
  }

  async keep(answer: Choice['answer'], endpoint: string, policyVersion: number): Promise<void> {
    const choice: Choice = { scope: 'viewer', answer, endpoint, policyVersion, date: new Date().toISOString() };
    const change = ({ choices, unreadable }: Kept) => {
      if (unreadable && answer === 'granted')
        throw new Error('Another answer cannot be understood, and may be a no: forget it first.');
      return withChoice(choices, choice);
    };
    await this.#store.write(change, answer === 'denied' ? choice : undefined);
  }

  async forget(): Promise<void> {
    await this.#store.write(({ choices }) => withoutChoices(choices, 'viewer'));
  }

  addInFront(inFront: () => InFront | undefined): DisposableDelegate {
    this.#inFront.add(inFront);
    return new DisposableDelegate(() => this.#inFront.delete(inFront));
  }
}
