import { lengthOf } from '../../measures/metric-spans.ts';
import type { Breach } from '../../model/condition-result.ts';
import type { Cell } from '../../model/report.ts';
import { count, duration, plural, utc } from '../../model/text.ts';
import { column, table, text, warning } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';

/** What matters most first. */
const ORDER: readonly Breach['verdict'][] = ['met', 'not judged', 'not met'];

/** What became of the limits that were asked for (`--fail-on`); no section without any. */
export const conditions: MonitoredSectionMaker = ({ conditions: results }) => {
  if (results.length === 0) return undefined;
  const number = (wanted: Breach['verdict']) => results.filter(({ verdict }) => verdict === wanted).length;
  const rows = results
    .flatMap(({ text: condition, breaches }) => breaches.map((breach) => ({ condition, breach })))
    .sort((a, b) => ORDER.indexOf(a.breach.verdict) - ORDER.indexOf(b.breach.verdict))
    .map(({ condition, breach }) => [condition, breach.place, ...cells(breach)]);
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
        [column.text('Condition'), column.text('Where'), column.text('Result'), column.text('Worst value'), column.text('Held')],
        rows,
      ),
    ],
  };
};

/** Result, worst value, and when it held. */
function cells(breach: Breach): (Cell | undefined)[] {
  if (breach.verdict === 'not judged') return [`not judged: ${breach.reason}`, undefined, undefined];
  const { verdict, worst, worstSeconds, spans } = breach;
  const [first, last] = [spans[0], spans.at(-1)];
  const together = lengthOf(spans);
  const times = spans.length > 1 ? `, ${plural(spans.length, 'time')}` : '';
  const held = first && last && `${duration(together)}${times}, from ${utc(first.startSeconds)} to ${utc(last.endSeconds)}`;
  return [verdict, `${worst} at ${utc(worstSeconds)}`, held];
}
