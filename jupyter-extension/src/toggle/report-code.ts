import type { INotebookModel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';

type SharedNotebook = INotebookModel['sharedModel'];
export type SharedCell = SharedNotebook['cells'][number];

/** Only cells with one of these names, or with one that our code may define, say anything about usage statistics. */
const NAMES = /setup_profiler_report|processing_job_arn|\b_[A-Za-z]/;

/**
 * The code of a notebook as far as it concerns usage statistics, kept up to date: of a key press, the cell it went to is looked at.
 * `changed` is called at most once a frame.
 */
export class ReportCode implements IDisposable {
  readonly #notebook: SharedNotebook;
  readonly #changed: () => void;
  /** The code of each code cell that names what counts; empty for the others. */
  readonly #sources = new Map<SharedCell, string>();
  #frame = 0;
  isDisposed = false;

  constructor(notebook: SharedNotebook, changed: () => void) {
    this.#notebook = notebook;
    this.#changed = changed;
    notebook.changed.connect(this.#onNotebook, this);
    this.#follow();
  }

  /** True where any cell names the function that tells. */
  get namesSetup(): boolean {
    return [...this.#sources.values()].some((source) => source.includes('setup_profiler_report'));
  }

  /** The cells that count, in their order, as they are now. */
  get cells(): SharedCell[] {
    return this.#notebook.cells.filter((cell) => this.#sources.get(cell));
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    cancelAnimationFrame(this.#frame);
    this.#notebook.changed.disconnect(this.#onNotebook, this);
    for (const cell of this.#sources.keys()) cell.changed.disconnect(this.#onCell, this);
    this.#sources.clear();
  }

  #onNotebook(_: SharedNotebook, { cellsChange }: { cellsChange?: unknown }): void {
    if (cellsChange) this.#follow();
  }

  #onCell(cell: SharedCell, { sourceChange }: { sourceChange?: unknown }): void {
    if (sourceChange) this.#read(cell);
  }

  #follow(): void {
    const present = new Set(this.#notebook.cells.filter(({ cell_type }) => cell_type === 'code'));
    for (const [cell, source] of this.#sources) {
      if (present.has(cell)) continue;
      cell.changed.disconnect(this.#onCell, this);
      this.#sources.delete(cell);
      if (source) this.#schedule();
    }
    for (const cell of present) {
      if (this.#sources.has(cell)) continue;
      cell.changed.connect(this.#onCell, this);
      this.#read(cell);
    }
  }

  #read(cell: SharedCell): void {
    const source = cell.getSource();
    const counts = NAMES.test(source) ? source : '';
    if (counts === this.#sources.get(cell)) return;
    const said = this.#sources.get(cell);
    this.#sources.set(cell, counts);
    if (said || counts) this.#schedule();
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#changed();
    });
  }
}
