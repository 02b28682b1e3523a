import { drawnLines } from './stacked.ts';
import type { Range, TimeChart } from './time-chart.ts';

/** Moment of the highest value of a chart within a range, seconds since the epoch; undefined where nothing is drawn there, or no values are. */
export function highestMoment(chart: TimeChart, [from, to]: Range): number | undefined {
  let moment: number | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { seconds, values } of linesOf(chart)) {
    for (const [i, at] of seconds.entries()) {
      const value = values[i] ?? null;
      if (value === null || value <= highest || at < from || at > to) continue;
      moment = at;
      highest = value;
    }
  }
  return moment;
}

type Line = { readonly seconds: readonly number[]; readonly values: readonly (number | null)[] };

function linesOf(chart: TimeChart): readonly Line[] {
  switch (chart.kind) {
    case 'series':
      return drawnLines(chart).map(({ values }) => ({ seconds: chart.seconds, values }));
    case 'points':
      return chart.groups;
    case 'grid':
      return chart.values.map((values) => ({
        seconds: values.map((_, i) => chart.startSeconds + (i + 0.5) * chart.stepSeconds),
        values,
      }));
    case 'activity':
      return [];
  }
}
