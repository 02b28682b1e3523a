import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { IUsage } from '../usage/token.ts';
import { ReportFrame } from './frame.ts';
import type { Showing } from './showing.ts';

/** What the viewer needs of the lab. */
export interface Surroundings {
  readonly contents: Contents.IManager;
  readonly usage: IUsage;
  /** Of the lab now. */
  theme(): 'light' | 'dark';
  /** Opens another document of the lab. */
  open(path: string): void;
}

/** A report in a tab; all but the frame is loaded when the first one is opened. */
export class ReportWidget extends DocumentWidget<ReportFrame> {
  readonly showing: Promise<Showing>;
  /** The same, once it is there. */
  shown: Showing | undefined;

  constructor(options: DocumentWidget.IOptions<ReportFrame>, surroundings: Surroundings) {
    super(options);
    this.addClass('profiler-report-viewer');
    this.showing = Promise.all([import('./showing.ts'), this.context.ready]).then(([{ showReport }]) => {
      if (this.isDisposed) throw new Error('closed before it was read');
      return showReport(this, surroundings);
    });
    const shown = this.showing.then((showing) => {
      this.shown = showing;
    });
    shown.catch(() => undefined); // the lab itself says that a file cannot be read
  }

  /** A section by its id; JupyterLab calls it where a link names one. */
  override setFragment(fragment: string): void {
    const section = fragment.replace(/^#/, '');
    if (section) void this.showing.then((showing) => showing.go(section));
  }
}

export class ReportFactory extends ABCWidgetFactory<ReportWidget> {
  readonly #surroundings: Surroundings;

  constructor(options: DocumentRegistry.IWidgetFactoryOptions<ReportWidget>, surroundings: Surroundings) {
    super(options);
    this.#surroundings = surroundings;
  }

  protected override createNewWidget(context: DocumentRegistry.Context): ReportWidget {
    return new ReportWidget({ content: new ReportFrame(), context }, this.#surroundings);
  }
}
