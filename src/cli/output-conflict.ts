import { UsageError } from '../model/errors.ts';
import { list, visibleName } from '../model/text.ts';
import type { Conflict } from '../output/plan.ts';

const MEND = 'choose another place with -o, or overwrite with --force.';

/** One line on what would be lost at a place; `from` is what was done with the rule files: `read`, `made from the raw data`. */
export function conflictError(conflict: Conflict, place: string, from: string): UsageError {
  const { kind, paths } = conflict;
  const what = `${list(paths)} in ${place}`;
  const either = (one: string, many: string) => (paths.length === 1 ? one : many);
  switch (kind) {
    case 'not ours':
      return new UsageError(`${what} ${either('was', 'were')} not made by profiler-report: ${MEND}`);
    case 'edited':
      return new UsageError(`${what} ${either('was', 'were')} edited: ${MEND}`);
    case 'other job':
      return new UsageError(
        `${what} is of another job (${visibleName(conflict.source)}): choose another place with -o, or go on with --force.`,
      );
    case 'rule files differ':
      return new UsageError(`${what} ${either('differs', 'differ')} from the rule files ${from}: ${MEND}`);
    case 'rule files would be shown': {
      const it = either('it', 'them');
      const stale = `${what} ${either('is', 'are')} not among the rule files ${from}, and the notebook would show ${it}`;
      return new UsageError(`${stale}: move ${it} away, or choose another place with -o.`);
    }
  }
}
