import type { Damage } from '../../model/run.ts';
import type { MetricFile } from '../../model/system-metrics.ts';
import { plural, utc } from '../../model/text.ts';
import type { Columns } from './repeats.ts';

/** A minute before and after the file's own: writers are late, clocks are set. */
const TOLERANCE_SECONDS = 60;

/** True where a row has no business in a file of that minute. */
export function isOutside(file: MetricFile, seconds: number): boolean {
  return seconds < file.minuteSeconds - TOLERANCE_SECONDS || seconds > file.minuteSeconds + 60 + TOLERANCE_SECONDS;
}

/** Rows in a file of another minute or node: kept as they are, and told once a file. */
export function misplacedRows(metrics: Columns): Damage[] {
  const damage: Damage[] = [];
  for (const file of metrics.files) {
    const node = metrics.nodes.indexOf(file.node);
    let [outside, foreign] = [0, 0];
    for (let batch = file.firstBatch; batch < file.endBatch; batch++) {
      const rows = (metrics.firstRow[batch + 1] as number) - (metrics.firstRow[batch] as number);
      if (isOutside(file, metrics.seconds[batch] as number)) outside += rows;
      if (metrics.node[batch] !== node) foreign += rows;
    }
    const tell = (count: number, where: string) => {
      const detail = `${plural(count, 'row')} ${where}; kept with the time and node that they name.`;
      if (count > 0) damage.push({ kind: 'misplaced rows', file: file.path, node: file.node, count, detail });
    };
    tell(outside, `outside the file's minute, ${utc(file.minuteSeconds)}`);
    tell(foreign, `of another node than the file's, ${file.node}`);
  }
  return damage;
}
