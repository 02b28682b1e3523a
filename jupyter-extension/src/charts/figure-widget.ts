import type { IThemeManager } from '@jupyterlab/apputils';
import type { IRenderMime } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import { draw, purge, resize } from './draw.ts';
import { readFigure, type SafeFigure } from './figure.ts';
import { PLOTLY_MIME } from './mime.ts';

/** How far beyond the visible part of a notebook a chart is drawn. */
const MARGIN_PIXELS = 200;

/**
 * The widget of an output's figure: the one shown before where there is one. Throws where the figure is refused; what fails while it is
 * drawn, once it comes into view, is told to `failed`.
 */
export function showFigure(
  before: Widget | undefined,
  model: IRenderMime.IMimeModel,
  themes: IThemeManager | null,
  failed: (reason: string) => void,
): Widget {
  const figure = readFigure(model.data[PLOTLY_MIME]);
  const widget = before instanceof FigureWidget ? before : new FigureWidget(themes);
  widget.showFigure(figure, labelOf(model.data['text/plain']), failed);
  return widget;
}

class FigureWidget extends Widget {
  readonly #area = this.node.appendChild(document.createElement('div'));
  readonly #visible = new IntersectionObserver((entries) => this.#seen(entries.at(-1)?.isIntersecting === true), {
    rootMargin: `${MARGIN_PIXELS}px 0px`,
  });
  readonly #size = new ResizeObserver(() => this.#fit());
  #figure: SafeFigure | undefined;
  #failed: (reason: string) => void = () => {};
  #isVisible = false;
  /** What is to be seen differs from what is drawn. */
  #isStale = false;
  #width = 0;

  constructor(themes: IThemeManager | null) {
    super();
    this.addClass('profiler-report-chart');
    this.node.role = 'group';
    themes?.themeChanged.connect(this.#retheme, this);
    this.#visible.observe(this.node);
    this.#size.observe(this.node);
  }

  /** The figure's height is taken at once, so that nothing jumps when it is drawn. */
  showFigure(figure: SafeFigure, label: string, failed: (reason: string) => void): void {
    this.#figure = figure;
    this.#failed = failed;
    this.node.ariaLabel = label;
    this.#area.style.height = `${figure.height}px`;
    this.#redraw();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#visible.disconnect();
    this.#size.disconnect();
    purge(this.#area);
    super.dispose();
  }

  #seen(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible && this.#isStale) this.#redraw();
  }

  #redraw(): void {
    this.#isStale = !this.#isVisible || this.#area.clientWidth === 0;
    if (this.#isStale || !this.#figure) return;
    this.#width = this.#area.clientWidth;
    draw(this.#area, this.#figure, () => this.isDisposed).catch((error: unknown) => {
      if (!this.isDisposed) this.#failed(`could not be drawn: ${error instanceof Error ? error.message : error}`);
    });
  }

  /** The lab hides itself until the next frame while it changes its theme: text cannot be measured before. */
  #retheme(): void {
    requestAnimationFrame(() => requestAnimationFrame(() => this.isDisposed || this.#redraw()));
  }

  /** A hidden tab has no width; coming back it mostly has the one it had. */
  #fit(): void {
    const width = this.#area.clientWidth;
    if (width === 0 || width === this.#width) return;
    if (this.#isStale) {
      this.#redraw();
      return;
    }
    this.#width = width;
    resize(this.#area);
  }
}

/** Our outputs say in plain text what the chart shows; plotly's package puts the figure's code there. */
function labelOf(plain: unknown): string {
  const text = Array.isArray(plain) ? plain.join('') : String(plain ?? '');
  return text === '' || /^(Figure|\{)/.test(text) ? 'Chart' : text.slice(0, 1000);
}
