/** A cell of nbformat 4.5. `id` is unique in the notebook and matches ^[a-zA-Z0-9-_]{1,64}$. */
export type NotebookCell = MarkdownCell | CodeCell;

interface MarkdownCell {
  readonly id: string;
  readonly cell_type: 'markdown';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: readonly string[];
}

interface CodeCell {
  readonly id: string;
  readonly cell_type: 'code';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: readonly string[];
  readonly execution_count: null;
  readonly outputs: readonly Output[];
}

/** What a code cell shows; keys of `data` are MIME types. */
export interface Output {
  readonly output_type: 'display_data';
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export function markdownCell(id: string, text: string): NotebookCell {
  return { id, cell_type: 'markdown', metadata: {}, source: lines(text) };
}

/** A code cell whose code is folded away, as in the service's notebooks. */
export function hiddenCell(id: string, code: string, outputs: readonly Output[] = []): NotebookCell {
  return codeCell(id, code, { tags: ['hide-input'], jupyter: { source_hidden: true } }, outputs);
}

/** The cell that papermill and people change. */
export function parametersCell(id: string, code: string): NotebookCell {
  return codeCell(id, code, { tags: ['parameters'] }, []);
}

function codeCell(id: string, code: string, metadata: CodeCell['metadata'], outputs: readonly Output[]): NotebookCell {
  return { id, cell_type: 'code', metadata, source: lines(code), execution_count: null, outputs };
}

/** Lines with their ends, as Jupyter saves them: a changed line is one line of a diff. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** A list of nothing but numbers and moments, as JSON writes it over many lines. */
const NUMBERS = /\[\s+(?:(?:-?[\d.eE+-]+|null|"\d{4}-[\d-]+ [\d:.]+"),?\s+)+\]/g;

/** The notebook as Jupyter saves it, one value a line, but for lists of numbers: they are most of it, and nobody reads them by line. */
export function notebookJson(content: object): string {
  // No text holds a line feed in JSON, so nothing within one is taken for such a list.
  return `${JSON.stringify(content, null, 1).replace(NUMBERS, (list) => list.replace(/\s*\n\s*/g, ''))}\n`;
}
