import type { Decision } from '../../consent/decide.ts';
import type { Sent } from './request.ts';
import type { Sight } from './sight.ts';
import { forgetText, type Keeping, remarkText, sentText, sourceText, stateText } from './texts.ts';

/** What the footer tells, and whether the bar stands above it. */
export interface UsageState {
  readonly decision: Decision;
  readonly sent: Sent | undefined;
  readonly keeping: Keeping;
  /** A yes can be pressed only on a bar that is seen. */
  readonly sight: Sight;
  /** There is an answer that can be taken back. */
  readonly answered: boolean;
  /** The question was put aside. */
  readonly later: boolean;
}

export type Button = 'once' | 'always' | 'never' | 'forget';

/** The parts of the page that have to do with usage statistics. */
export function usageView(document: Document) {
  const part = (name: string): HTMLElement => {
    const element = document.getElementById(`usage-${name}`);
    if (!element) throw new Error(`usage-${name} is missing`);
    return element;
  };
  const bar = part('bar');
  const [once, always, forget] = ['once', 'always', 'forget'].map(part) as [HTMLButtonElement, HTMLButtonElement, HTMLElement];
  const tell = (name: string, text: string) => {
    const element = part(name);
    if (element.textContent !== text) element.textContent = text; // said aloud only when it changes
  };
  return {
    bar,
    /** What the bar shows is what is asked for. */
    endpoint: part('endpoint').textContent,
    url: part('url').textContent,
    /** Only what a person did counts: a script's click is not trusted, and no message presses anything. */
    onPress: (button: Button, pressed: () => void) =>
      part(button).addEventListener('click', (event) => event.isTrusted && pressed()),
    onLater(pressed: () => void): void {
      part('later').addEventListener('click', pressed);
      bar.addEventListener('keydown', ({ key }) => key === 'Escape' && pressed());
    },
    show({ decision, sent, keeping, sight, answered, later }: UsageState): void {
      tell('state', stateText(decision, keeping));
      tell('source', sourceText(decision, keeping));
      tell('sent', sentText(sent));
      tell('remark', remarkText(sight, sent));
      const { activeElement } = document;
      const open = decision.source === 'no choice';
      bar.hidden = !open || later;
      bar.ownerDocument.documentElement.classList.toggle('usage-asks', !bar.hidden);
      once.hidden = sent !== undefined;
      once.disabled = always.disabled = sight !== 'whole';
      tell('forget', forgetText(answered));
      forget.hidden = !answered && !(open && later);
      // The keyboard goes on from here, and a key held down presses nothing.
      if (activeElement?.closest('[hidden]')) (bar.hidden ? part('foot') : bar).focus({ preventScroll: true });
    },
  };
}
