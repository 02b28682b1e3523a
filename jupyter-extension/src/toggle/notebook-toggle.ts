import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { IUsage } from '../usage/token.ts';
import type { Reading } from './reading.ts';
import { ReportCode } from './report-code.ts';
import { UsageSwitch } from './usage-switch.ts';

/** The switch of one notebook's toolbar, and what keeps it true. */
export class NotebookToggle {
  readonly widget = new UsageSwitch(() => void this.flip());
  readonly #panel: NotebookPanel;
  readonly #usage: IUsage;
  readonly #contents: Contents.IManager;
  readonly #changed: () => void;
  #code: ReportCode | undefined;
  #flipping = false;

  /** `changed` is called whenever the switch may show something else. */
  constructor(panel: NotebookPanel, usage: IUsage, contents: Contents.IManager, changed: () => void) {
    this.#panel = panel;
    this.#usage = usage;
    this.#contents = contents;
    this.#changed = changed;
    this.widget.disposed.connect(this.#onDisposed, this);
    usage.changed.connect(this.#show, this);
    panel.context.fileChanged.connect(this.#show, this);
    // What a notebook says is known once it is loaded; one that cannot be loaded says nothing.
    panel.context.ready.then(
      () => this.#follow(),
      () => {},
    );
  }

  /** Switches it over, asking where that takes an answer; nothing where it cannot be. */
  async flip(): Promise<void> {
    if (this.#flipping) return;
    this.#flipping = true;
    try {
      const { flip } = await import('./flip.ts');
      await flip(this.#panel.context.path, this.#contents, this.#usage, () => this.#read());
    } catch (error) {
      // The lab was updated under the open page, or the server is away.
      const message = `The usage statistics of this report could not be switched over: ${String(error)}. Reload the page.`;
      Notification.error(message, { autoClose: false });
    } finally {
      this.#flipping = false;
    }
  }

  #follow(): void {
    const model = this.#panel.content.model;
    if (this.widget.isDisposed || !model) return;
    this.#code = new ReportCode(model.sharedModel, () => void this.#show());
    // Another window, or a person in the file, may have changed the answers.
    if (this.#code.namesSetup) void this.#usage.refresh();
    void this.#show();
  }

  async #show(): Promise<void> {
    const reading = await this.#read();
    if (this.widget.isDisposed) return;
    this.widget.shown = reading?.shown;
    this.#changed();
  }

  /** What the notebook says now; the code that reads it is loaded with the first report. */
  async #read(): Promise<Reading | undefined> {
    if (!this.#code?.namesSetup) return undefined;
    const { read } = await import('./reading.ts');
    return read(this.#code.cells, this.#usage, this.#panel.context.contentsModel?.writable !== false);
  }

  #onDisposed(): void {
    this.#code?.dispose();
    this.#usage.changed.disconnect(this.#show, this);
    this.#panel.context.fileChanged.disconnect(this.#show, this);
    this.#changed();
  }
}
