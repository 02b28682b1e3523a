import { stepOf } from '../../measures/lines-over-time.ts';
import type { Monitored } from '../../model/monitored.ts';
import type { NoteBlock } from '../../model/report.ts';
import { duration } from '../../model/text.ts';
import { info } from '../section.ts';

/** Says what a point of the charts over time stands for, where that is more than a period. */
export function reduction({ series, startSeconds, endSeconds }: Monitored): NoteBlock[] {
  const { stepSeconds, merged } = stepOf(series, [startSeconds, endSeconds]);
  if (!merged) return [];
  return [
    info(
      `Drawn is one point for ${duration(stepSeconds)}: of latencies and cold starts the highest of its periods, of everything else their mean. Tables and rules look at every period.`,
    ),
  ];
}
