import type { Breach } from '../../model/condition-result.ts';
import type { Cell } from '../../model/report.ts';
import { count, utc } from '../../model/text.ts';
import { column, table, text, warning } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';

/** What became of the limits that were asked for (`--fail-on`); no section without any. */
export const conditions: MonitoredSectionMaker = ({ conditions: results }) => {
  if (results.length === 0) return undefined;
  const number = (wanted: Breach['verdict']) => results.filter(({ verdict }) => verdict === wanted).length;
  const rows = results.flatMap(({ text: condition, breaches }) => breaches.map((breach) => [condition, ...cells(breach)]));
  return {
    id: 'conditions',
    title: 'Conditions',
    blocks: [
      text(
        `Of ${count(results.length)} asked for, ${count(number('met'))} met, ${count(number('not met'))} not met, ${count(number('not judged'))} not judged. Times in which one held long enough are shaded in the charts.`,
      ),
      ...(number('not judged') > 0 ? [warning('What cannot be judged is no pass: the command fails as if it were met.')] : []),
      table(
        'conditions-table',
        'Conditions by place',
        [
          ...[column.text('Condition'), column.text('Where'), column.text('Result'), column.text('Farthest value')],
          ...[
            column.text('At'),
            column.count('Times'),
            column.seconds('Together'),
            column.text('First from'),
            column.text('Last until'),
          ],
        ],
        rows,
      ),
    ],
  };
};

/** As many for each. */
function cells(breach: Breach): (Cell | undefined)[] {
  const [place, nothing] = [breach.place, undefined];
  const never = [nothing, nothing, nothing, nothing];
  if (breach.verdict === 'not judged') return [place, `not judged: ${breach.reason}`, nothing, nothing, ...never];
  const { verdict, worst, worstSeconds, spans } = breach;
  const [first, last] = [spans[0], spans.at(-1)];
  const seconds = spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0);
  const when = first && last ? [spans.length, seconds, utc(first.startSeconds), utc(last.endSeconds)] : never;
  return [place, verdict, worst, utc(worstSeconds), ...when];
}
