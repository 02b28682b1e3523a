import { Dialog } from '@jupyterlab/apputils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { type Sight, watchSight } from '../../../src/page/usage/sight.ts';
import { questionBody } from './question-body.ts';
import type { Answer, Question } from './token.ts';

const LABELS: Readonly<Record<Answer, string>> = {
  later: 'Not now',
  never: 'Never',
  once: 'Send once',
  always: 'Always for this endpoint',
};

/** In the order of the buttons: the safe one first, which also has the focus. */
const ORDER = Object.keys(LABELS) as Answer[];

/** Asks the person at the screen; whoever closes the dialog said neither yes nor no. */
export async function askInDialog(question: Question, answers: readonly Answer[]): Promise<Answer> {
  const offered = ORDER.filter((answer) => answer === 'later' || answers.includes(answer));
  const { button } = await new UsageDialog(question, offered).launch();
  return offered.find((answer) => button.actions.includes(answer)) ?? 'later';
}

const isYes = (answer: Answer | undefined) => answer === 'once' || answer === 'always';

/** A yes is taken once the dialog has been in view for long enough, and only from a person: see the bar of the html, whose rule it is. */
class UsageDialog extends Dialog<unknown> {
  readonly #offered: readonly Answer[];
  #sight: Sight = 'not yet';
  #stop = () => {};

  constructor(question: Question, offered: readonly Answer[]) {
    super({
      title: 'Usage statistics',
      body: new Widget({ node: questionBody(question, offered) }),
      // None is an `accept` button: the lab enables those whenever something is typed anywhere.
      buttons: offered.map((answer) => {
        const make = isYes(answer) ? Dialog.okButton : Dialog.cancelButton;
        return make({ label: LABELS[answer], accept: false, actions: [answer] });
      }),
      defaultButton: 0,
    });
    this.#offered = offered;
    this.addClass('profiler-report-usage');
    this.#show();
  }

  override handleEvent(event: Event): void {
    if (!event.isTrusted) return;
    if (event instanceof KeyboardEvent && event.key === 'Enter') {
      // A key that is still held down was meant for something else, and what is not an answer does what it does.
      if (event.repeat) event.preventDefault();
      if (event.repeat || !this.#buttons().includes(document.activeElement as HTMLButtonElement)) return;
    }
    super.handleEvent(event);
  }

  override resolve(index = 0): void {
    if (!isYes(this.#offered[index]) || this.#sight === 'whole') super.resolve(index);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    const content = this.node.querySelector<HTMLElement>('.jp-Dialog-content') ?? this.node;
    this.#stop = watchSight(content, window.parent !== window, (sight) => {
      this.#sight = sight;
      this.#show();
    });
  }

  protected override onAfterDetach(message: Message): void {
    this.#stop();
    super.onAfterDetach(message);
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.node.querySelectorAll<HTMLButtonElement>('.jp-Dialog-footer button')];
  }

  #show(): void {
    for (const [i, button] of this.#buttons().entries()) button.disabled = isYes(this.#offered[i]) && this.#sight !== 'whole';
    const remark = this.node.querySelector('.profiler-report-usage-remark');
    if (remark) remark.textContent = this.#sight === 'in part' ? COVERED : '';
  }
}

const COVERED = 'Another page covers this dialog or cuts it off: a yes can be given where all of it is seen.';
