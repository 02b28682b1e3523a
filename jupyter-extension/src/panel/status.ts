import { list, visibleName } from '../../../src/model/text.ts';
import type { Searched } from './search.ts';

/** How far the search came, for people. @param searched once it has ended. */
export function statusText(reports: number, searched: Searched | undefined): string {
  const so = reports === 1 ? '1 report' : `${reports} reports`;
  if (!searched) return reports === 0 ? 'Looking for reports…' : `${so} so far…`;
  const { folders, isPartial, unreadable } = searched;
  return [
    reports === 0 ? 'No profiling reports below this folder.' : `${so} below this folder.`,
    isPartial ? `Not all folders were looked at, only the ${folders} nearest: open a folder further down to see the rest.` : '',
    unreadable.length > 0
      ? `Could not be read: ${list(
          unreadable.map((path) => visibleName(path) || 'this folder'),
          3,
        )}.`
      : '',
  ]
    .filter((line) => line !== '')
    .join(' ');
}
