import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ISignal, Signal } from '@lumino/signaling';
import { type Choice, type Decision, decide } from '../../../src/consent/decide.ts';
import { withChoice } from '../../../src/consent/inputs.ts';
import { asksForPrivacy } from '../../../src/consent/privacy-control.ts';
import { askInDialog } from './dialog.ts';
import { type LabSettings, readSettings } from './settings.ts';
import type { Answer, IUsage, Question } from './token.ts';

export class Usage implements IUsage {
  readonly #changed = new Signal<IUsage, void>(this);
  readonly #kept: ISettingRegistry.ISettings;

  constructor(kept: ISettingRegistry.ISettings) {
    this.#kept = kept;
    kept.changed.connect(() => this.#changed.emit());
  }

  get changed(): ISignal<IUsage, void> {
    return this.#changed;
  }

  get settings(): LabSettings {
    const { schema, user } = this.#kept;
    return readSettings(schema.properties?.usageStatistics?.default, user);
  }

  decide({ endpoint, policyVersion, optOut = false }: Parameters<IUsage['decide']>[0]): Decision {
    const { choices, administrator } = this.settings;
    return decide({
      scope: 'viewer',
      endpoint,
      policyVersion,
      choices,
      canAsk: true,
      override: administrator.optOut === true,
      globalPrivacyControl: asksForPrivacy(navigator),
      opt_out: optOut,
    });
  }

  async ask(question: Question, answers: readonly Answer[]): Promise<Answer> {
    const answer = await askInDialog(question, answers);
    const { endpoint, policyVersion } = question;
    if (answer === 'always') await this.keep('granted', endpoint, policyVersion);
    if (answer === 'never') await this.keep('denied', endpoint, policyVersion);
    return answer;
  }

  async keep(answer: Choice['answer'], endpoint: string, policyVersion: number): Promise<void> {
    const choice: Choice = { scope: 'viewer', answer, endpoint, policyVersion, date: new Date().toISOString() };
    await this.#kept.set('choices', withChoice(this.settings.choices, choice) as unknown as { [key: string]: string }[]);
  }
}
