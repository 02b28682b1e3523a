import { lengthOf } from '../measures/metric-spans.ts';
import type { Breach, ConditionResult } from '../model/condition-result.ts';
import { duration, plural, utc } from '../model/text.ts';

/** Places told of one condition; the report has all. */
const MOST_PLACES = 6;

/** For the terminal: a line for each condition, and below it one for each place, of one that is met only where it is. */
export function conditionLines(results: readonly ConditionResult[]): string[] {
  return results.flatMap(({ text, verdict, breaches }) => {
    const told = breaches.filter((breach) => verdict !== 'met' || breach.verdict !== 'not met');
    return [
      `  ${verdict.padEnd('not judged'.length)}  ${text}`,
      ...told.slice(0, MOST_PLACES).map((breach) => `    ${breach.place}: ${breachText(breach)}`),
      ...(told.length > MOST_PLACES ? [`    ${plural(told.length - MOST_PLACES, 'more place')} in the report`] : []),
    ];
  });
}

/** One clause: since when, how long and how far; or why not. */
function breachText(breach: Breach): string {
  if (breach.verdict === 'not judged') return breach.reason;
  const { spans, worst, worstSeconds, verdict } = breach;
  const at = `${worst} at ${utc(worstSeconds)}`;
  const [first] = spans;
  if (verdict === 'not met' || first === undefined) return `not met, nearest ${at}`;
  const heldSeconds = lengthOf(spans);
  const times = spans.length > 1 ? `, ${plural(spans.length, 'time')}` : '';
  return `for ${duration(heldSeconds)}${times} from ${utc(first.startSeconds)} on, worst ${at}`;
}
