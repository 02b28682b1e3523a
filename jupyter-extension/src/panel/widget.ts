import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { FileBrowserModel } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { Widget } from '@lumino/widgets';
import { reportIcon } from '../icon.ts';
import { PACKAGE } from '../ids.ts';
import { addStyle } from '../style.ts';
import type { Body } from './body.ts';

/** Several files change when a report is written. */
const SETTLE_MILLISECONDS = 400;

/** The side panel. It looks for nothing, and loads nothing, while it is not shown. */
export class ReportsPanel extends Widget {
  readonly #app: JupyterFrontEnd;
  readonly #model: FileBrowserModel;
  readonly #failed: (error: unknown) => void;
  #body: Promise<Body> | undefined;
  #timer = 0;

  constructor(app: JupyterFrontEnd, model: FileBrowserModel, failed: (error: unknown) => void) {
    super();
    this.#app = app;
    this.#model = model;
    this.#failed = failed;
    this.id = `${PACKAGE}-reports`;
    this.addClass('profiler-report-panel');
    this.title.icon = reportIcon;
    this.title.caption = 'Profiling reports';
    this.node.role = 'region';
    this.node.ariaLabel = 'Profiling reports';
    model.pathChanged.connect(this.#look, this);
    app.serviceManager.contents.fileChanged.connect(this.#changed, this);
  }

  protected override onAfterAttach(): void {
    this.#look();
  }

  protected override onAfterShow(): void {
    this.#look();
  }

  protected override onAfterHide(): void {
    void this.#body?.then((body) => body.stop());
  }

  #look(): void {
    if (!this.isVisible) return;
    this.#body ??= this.#load();
    this.#body.then((body) => this.isVisible && body.look(this.#model.path)).catch(this.#failed);
  }

  async #load(): Promise<Body> {
    const [{ panelBody }, { actionsOf }, { default: style }] = await Promise.all([
      import('./body.ts'),
      import('./open.ts'),
      import('./panel.css?text'),
    ]);
    addStyle(style);
    const { commands, serviceManager } = this.#app;
    return panelBody(this.node, serviceManager.contents, actionsOf(commands, this.#failed));
  }

  #changed(_: unknown, { oldValue, newValue }: Contents.IChangedArgs): void {
    if (!this.isVisible) return;
    void import('./place.ts').then(({ concerns }) => {
      if (![oldValue, newValue].some((file) => concerns(file?.path, this.#model.path))) return;
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#look(), SETTLE_MILLISECONDS);
    });
  }
}
