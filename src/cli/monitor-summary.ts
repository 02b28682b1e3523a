import { conditionLines } from '../conditions/lines.ts';
import { isFailed } from '../conditions/results.ts';
import type { Monitored } from '../model/monitored.ts';
import type { MonitorResult } from '../monitor.ts';
import { VERDICT_KEYS, verdictCount } from '../writers/verdicts.ts';
import { summary } from './summary.ts';
import type { painter } from './terminal.ts';

/** One look at a job or endpoint, and what came of it. */
export interface Seen extends MonitorResult {
  readonly monitored: Monitored;
}

/** On one screen: verdicts, what to do first, what was tolerated, what was written. */
export function screenOf(
  { report, monitored, conditions }: Seen,
  written: readonly string[],
  paint: ReturnType<typeof painter>,
): string[] {
  return [
    ...summary(report, paint, { damage: monitored.damage, listedIn: 'the report' }),
    ...(conditions.length > 0 ? ['', paint('bold', 'Conditions'), ...conditionLines(conditions)] : []),
    '',
    paint('bold', 'Wrote'),
    ...written.toReversed().map((file) => `  ${file}`),
  ];
}

/** In one line. */
export function lineOf({ report: { counts, job }, conditions }: Seen, written: readonly string[]): string {
  const tally = VERDICT_KEYS.filter((key) => counts[key] > 0 || key === 'issue').map((key) => verdictCount(key, counts[key]));
  const failed = conditions.filter((one) => isFailed([one])).map(({ text, verdict }) => `${verdict}: ${text}`);
  const status = job.status === undefined ? [] : [job.status];
  return `${[...status, ...tally, ...failed].join(', ')}  ${written.at(-1)}`;
}

/** For programs. */
export function documentOf({ report, monitored, conditions }: Seen, written: readonly string[]): object {
  const { job, counts, actions, rules, inputs, problems } = report;
  const { subject, logs, damage } = monitored;
  const told = { ...logs, lines: logs.lines.length };
  return { written, job, subject, counts, actions, conditions, rules, inputs, problems, damage, logs: told };
}
