import { list, visibleName } from '../../../src/model/text.ts';
import type { Conflict } from '../../../src/output/plan.ts';

/** Why somebody is asked before anything is written. */
export type Concern = Conflict | { readonly kind: 'unsaved'; readonly paths: readonly string[] };

/** True where replacing is no answer: what lies there would be taken for part of this report. */
export function mustGoElsewhere(concerns: readonly Concern[]): boolean {
  return concerns.some(({ kind }) => kind === 'rule files would be shown');
}

/** A line of the question: which files, and what about them. */
export function concernText(concern: Concern): string {
  const names = list(concern.paths, 12);
  const either = (one: string, many: string) => (concern.paths.length === 1 ? one : many);
  switch (concern.kind) {
    case 'not ours':
      return `${names}: not made by profiler-report`;
    case 'edited':
      return `${names}: edited since it was made`;
    case 'unsaved':
      return `${names}: open with changes that are not saved`;
    case 'other job':
      return `${names}: of another job (${visibleName(concern.source)})`;
    case 'rule files differ':
      return `${names}: ${either('differs', 'differ')} from what this run would write, edited or of another job`;
    case 'rule files would be shown':
      return `${names}: not of this run, and the notebook would show ${either('it', 'them')}; move ${either('it', 'them')} away to write here`;
  }
}
