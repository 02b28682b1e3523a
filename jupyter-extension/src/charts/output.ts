import type { IThemeManager } from '@jupyterlab/apputils';
import type { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Panel, Widget } from '@lumino/widgets';
import { PLOTLY_MIME } from './mime.ts';

/** One output that holds a figure: the chart, or what else the output holds where the chart cannot be drawn. */
export class ChartOutput extends Panel implements IRenderMime.IRenderer {
  readonly #registry: IRenderMimeRegistry;
  readonly #themes: IThemeManager | null;
  #turn = 0;

  constructor(registry: IRenderMimeRegistry, themes: IThemeManager | null) {
    super();
    this.#registry = registry;
    this.#themes = themes;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const turn = ++this.#turn;
    const isOver = () => this.isDisposed || turn !== this.#turn;
    try {
      const { showFigure } = await import('./figure-widget.ts');
      if (isOver()) return;
      const failed = (reason: string) => void (isOver() || this.#fallBack(model, reason));
      const shown = showFigure(this.widgets[0], model, this.#themes, failed);
      if (shown !== this.widgets[0]) this.#replace(shown);
    } catch (error) {
      if (!isOver()) await this.#fallBack(model, error instanceof Error ? error.message : 'cannot be drawn');
    }
  }

  /** What the output holds besides, as it would be shown without this renderer. */
  async #fallBack(model: IRenderMime.IMimeModel, reason: string): Promise<void> {
    const others = Object.keys(model.data).filter((type) => type !== PLOTLY_MIME);
    const bundle = Object.fromEntries(others.map((type) => [type, model.data[type]]));
    const type = this.#registry.preferredMimeType(bundle as IRenderMime.IMimeModel['data'], model.trusted ? 'any' : 'ensure');
    if (type === undefined) {
      const line = new Widget({ node: document.createElement('p') });
      line.node.textContent = `This figure ${reason}; it is not drawn here.`;
      this.#replace(line);
      return;
    }
    const renderer = this.#registry.createRenderer(type);
    this.#replace(renderer);
    await renderer.renderModel(model);
  }

  #replace(shown: Widget): void {
    for (const widget of [...this.widgets]) widget.dispose();
    this.addWidget(shown);
  }
}
