import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { type FromReport, fromReport, type ToReport } from '../../../src/page/messages.ts';
import { type Passed, READY, relay, type Show } from './relay.ts';
import type { Scripts } from './scripts.ts';

/** Shows html in an origin of its own, from which neither the lab nor anybody else can be reached. */
export class ReportFrame extends Widget {
  readonly #told = new Signal<this, FromReport>(this);
  #frame = document.createElement('iframe');
  #report = '';
  /** The frame was loaded; it is anew whenever the lab puts the tab elsewhere. */
  #ready = false;

  constructor() {
    super();
    this.addClass('profiler-report-frame');
    this.addClass('jp-IFrame'); // while a splitter is dragged the lab lays something over these
  }

  /** What the report said; anything else that it sends is dropped. */
  get told(): ISignal<this, FromReport> {
    return this.#told;
  }

  /** In a frame made anew: which scripts are allowed is settled before anything of the report is there. */
  showReport(report: string, scripts: Scripts): void {
    this.#report = report;
    this.#ready = false;
    this.#frame.remove();
    this.#frame = document.createElement('iframe');
    this.#frame.title = 'Profiling report';
    this.#frame.setAttribute('sandbox', 'allow-scripts allow-downloads');
    this.#frame.srcdoc = relay(scripts);
    this.node.append(this.#frame);
  }

  send(message: ToReport): void {
    if (this.#ready) this.#post(message);
  }

  handleEvent({ source, data }: MessageEvent): void {
    if (source === null || source !== this.#frame.contentWindow) return;
    if (data === READY) {
      this.#ready = true;
      this.#post({ report: this.#report });
      return;
    }
    const message = fromReport((data as Passed | null)?.passed);
    if (message) this.#told.emit(message);
  }

  protected override onBeforeAttach(): void {
    this.#ready = false;
    window.addEventListener('message', this);
  }

  protected override onAfterDetach(): void {
    this.#ready = false;
    window.removeEventListener('message', this);
  }

  /** The frame's origin has no name, so that no other one can be asked for. */
  #post(message: ToReport | Show): void {
    this.#frame.contentWindow?.postMessage(message, '*');
  }
}
