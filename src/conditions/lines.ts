import type { Breach, ConditionResult } from '../model/condition-result.ts';
import { duration, plural, utc } from '../model/text.ts';

/** For the terminal: a line for each condition, and below it one for each place. */
export function conditionLines(results: readonly ConditionResult[]): string[] {
  return results.flatMap(({ text, verdict, breaches }) => [
    `  ${verdict.padEnd('not judged'.length)}  ${text}`,
    ...breaches.map((breach) => `    ${breach.place}: ${breachText(breach)}`),
  ]);
}

/** One clause: since when, how long and how far; or why not. */
export function breachText(breach: Breach): string {
  if (breach.verdict === 'not judged') return breach.reason;
  const { spans, worst, worstSeconds, verdict } = breach;
  const at = `${worst} at ${utc(worstSeconds)}`;
  const [first] = spans;
  if (verdict === 'not met' || first === undefined) return `not met, nearest ${at}`;
  const heldSeconds = spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0);
  const times = spans.length > 1 ? `, ${plural(spans.length, 'time')}` : '';
  return `for ${duration(heldSeconds)}${times} from ${utc(first.startSeconds)} on, worst ${at}`;
}
