import { applyEdits, type Edit, type Plan, textOf, UNPAIRED } from './edits.ts';
import { editsInFile, joined, type Literal } from './json-text.ts';
import { type Cell, notebookParts } from './notebook-cells.ts';
import { isPaired, REGION } from './notebook-region.ts';
import { ELSEWHERE, namesPicture, picturesIn } from './picture.ts';
import { optOutCalls } from './setup-call.ts';
import { SETUP } from './setup-uses.ts';

const DAMAGED = 'it cannot be read as a notebook: open it in Jupyter, save it, and try again';
const BY_HAND = "it names the service's picture or its request: take that out by hand";

const NOTHING: Plan = { edits: [], changes: [], left: [] };

/** What to do about a notebook; undefined where it is no report, neither ours nor the service's. */
export function planNotebook(file: string, bytes: Uint8Array): Plan | undefined {
  const parts = notebookParts(file);
  if (!parts) return file.includes(SETUP) || namesPicture(file) ? { ...NOTHING, left: [DAMAGED] } : undefined;

  const codes = parts.cells.filter(({ kind }) => kind === 'code');
  const sources = codes.map(({ source }) => joined(source));
  const known = sources.some((source) => /\b(setup_profiler_report|processing_job_arn)\b/.test(source));
  if (!parts.ours && !known && !namesPicture(file)) return undefined;
  if (!sources.every(isPaired)) return { ...NOTHING, left: [UNPAIRED] };

  const plans = [
    ...codes.map((cell, i) => named(`code cell ${i + 1}`, planCode(file, cell, sources[i] ?? ''))),
    ...parts.cells.filter(({ kind }) => kind === 'markdown').map(({ source }) => named('text cell', planPictures(file, source))),
  ];
  const edits = plans.flatMap((plan) => plan.edits);
  // Code is told of by its cell.
  const code = codes.flatMap(({ source }) => source.map(({ start, end }) => ({ start, end, text: '' })));
  const elsewhere = namesPicture(textOf(applyEdits(bytes, [...edits, ...code])));
  return {
    edits,
    changes: plans.flatMap(({ changes }) => changes),
    left: [...plans.flatMap(({ left }) => left), ...(elsewhere ? [ELSEWHERE] : [])],
  };
}

function planCode(file: string, cell: Cell, source: string): Plan {
  const region = REGION.exec(source);
  const stays = region ? source.replace(region[0], blank) : source;
  const { edits: calls, left } = optOutCalls(stays);
  const shown = region && cell.outputs.end - cell.outputs.start > '[]'.length;
  const pictures = [...cell.html.values()].map((html) => planPictures(file, html));
  const removed: Edit[] = region ? [{ start: region.index, end: region.index + region[0].length, text: '' }] : [];
  return {
    edits: [
      ...[...removed, ...calls].flatMap((edit) => editsInFile(file, cell.source, edit)),
      ...(shown ? [{ ...cell.outputs, text: '[]' }] : pictures.flatMap(({ edits }) => edits)),
    ],
    changes: [
      ...removed.map(() => 'removed the code that asks and sends'),
      ...calls.map(() => `gave ${SETUP} opt_out=True`),
      ...(shown ? ['removed what that code had shown'] : pictures.flatMap(({ changes }) => changes)),
    ],
    left: namesPicture(stays) || stays.includes('x-artifact-id') ? [...left, BY_HAND] : left,
  };
}

/** As long as what it replaces, so that places stay what they are. */
function blank(text: string): string {
  return ' '.repeat(text.length);
}

function planPictures(file: string, html: readonly Literal[]): Plan {
  const pictures = picturesIn(joined(html));
  return {
    edits: pictures.flatMap((edit) => editsInFile(file, html, edit)),
    changes: pictures.map(() => 'removed the hidden picture'),
    left: [],
  };
}

function named(place: string, { edits, changes, left }: Plan): Plan {
  const told = (clauses: readonly string[]) => clauses.map((clause) => `${place}: ${clause}`);
  return { edits, changes: told(changes), left: told(left) };
}
