import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import type { Literal } from './json-text.ts';

export interface Cell {
  kind: string;
  readonly source: Literal[];
  /** What it shows as html, by the index of the output. */
  readonly html: Map<number, Literal[]>;
  /** Its list of stored outputs, brackets included. */
  outputs: { readonly start: number; readonly end: number };
}

export interface NotebookParts {
  /** Made by this tool. */
  ours: boolean;
  readonly cells: readonly Cell[];
}

/** Objects and lists that are looked into, by their path; everything else, however large, is passed over. */
const LOOKED_INTO = /^(metadata|cells(\/\d+(\/source|\/outputs(\/\d+(\/data(\/text\/html)?)?)?)?)?)?$/;

/** The cells of a notebook and where their parts stand in its text; undefined where it is no JSON or has no cells. */
export function notebookParts(text: string): NotebookParts | undefined {
  const cells = new Map<number, Cell>();
  const open: { path: string; start: number }[] = [];
  let ours = false;
  let nonFinite = 0;
  let missing = 0;
  let faults = 0;

  const onBegin: JSONVisitor['onObjectBegin'] = (start, _length, _line, _column, pathOf) => {
    const steps = pathOf();
    const path = steps.join('/');
    open.push({ path, start });
    if (path === 'metadata/profiler_report') ours = true;
    if (/^cells\/\d+$/.test(path)) {
      cells.set(Number(steps[1]), { kind: '', source: [], html: new Map(), outputs: { start: 0, end: 0 } });
    }
    return LOOKED_INTO.test(path);
  };
  const onEnd = (offset: number, length: number) => {
    const { path, start } = open.pop() ?? { path: '', start: 0 };
    const cell = cells.get(Number(/^cells\/(\d+)\/outputs$/.exec(path)?.[1]));
    if (cell) cell.outputs = { start, end: offset + length };
  };

  const visitor: JSONVisitor = {
    onObjectBegin: onBegin,
    onArrayBegin: onBegin,
    onObjectEnd: onEnd,
    onArrayEnd: onEnd,
    // Only the last of two sources would count, and strings of both look like lines of one.
    onObjectProperty(name, _start, _length, _line, _column, pathOf) {
      if (name === 'source' && cells.get(Number(pathOf()[1]))?.source.length) faults++;
    },
    onLiteralValue(value, start, length, _line, _column, pathOf) {
      if (typeof value !== 'string') return;
      const [, index, part, output, , mime] = pathOf();
      const cell = cells.get(Number(index));
      const literal = { value, start, end: start + length };
      if (part === 'cell_type' && cell) cell.kind = value;
      if (part === 'source') cell?.source.push(literal);
      if (part === 'outputs' && mime === 'text/html') {
        const lines = cell?.html.get(Number(output));
        if (lines) lines.push(literal);
        else cell?.html.set(Number(output), [literal]);
      }
    },
    // Python writes NaN and Infinity, which JSON has not: each is a symbol too many and a value too few.
    onError(code, offset) {
      const error = printParseErrorCode(code);
      if (error === 'InvalidSymbol' && /^(NaN|-?Infinity)/.test(text.slice(offset, offset + 9))) nonFinite++;
      else if (error === 'ValueExpected') missing++;
      else faults++;
    },
  };
  try {
    visit(text, visitor, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // nested deeper than anything that Jupyter could read
    throw error;
  }
  return faults > 0 || missing > nonFinite || cells.size === 0 ? undefined : { ours, cells: [...cells.values()] };
}
