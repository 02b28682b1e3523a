import { Switch } from '@jupyterlab/ui-components';
import type { Shown } from './shown.ts';

let number = 0;

/** A switch that asks to be flipped and shows what came of it; not to be seen where there is nothing to show. */
export class UsageSwitch extends Switch {
  readonly #flip: () => void;
  readonly #description = document.createElement('span');
  #shown: Shown | undefined;

  constructor(flip: () => void) {
    super();
    this.#flip = flip;
    this.label = 'Usage statistics';
    this.addClass('profiler-report-toggle');
    this.#description.id = `profiler-report-toggle-${++number}`;
    this.#description.className = 'profiler-report-hidden';
    this.node.append(this.#description);
    this.node.querySelector('button')?.setAttribute('aria-describedby', this.#description.id);
    this.hide();
  }

  get shown(): Shown | undefined {
    return this.#shown;
  }

  set shown(shown: Shown | undefined) {
    this.#shown = shown;
    this.setHidden(!shown);
    if (!shown) return;
    this.value = shown.on;
    this.caption = shown.reason;
    this.#description.textContent = shown.reason;
    // It stays reachable by Tab, so that the reason can be heard.
    this.node.querySelector('button')?.setAttribute('aria-disabled', String(!shown.can));
  }

  override handleEvent(event: Event): void {
    if (event.type === 'click' && this.#shown?.can) this.#flip();
  }
}
