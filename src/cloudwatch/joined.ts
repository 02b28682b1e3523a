import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { MetricSeries } from '../model/monitored.ts';
import type { MetricQuery } from './queries.ts';

/** Series put together from pages of answers, and from the spellings of one metric. */
export class Joined {
  readonly #queries: ReadonlyMap<string, MetricQuery>;
  readonly #periodSeconds: number;
  readonly #points = new Map<string, { readonly seconds: number[]; readonly values: number[] }>();

  constructor(queries: readonly MetricQuery[], periodSeconds: number) {
    this.#queries = new Map(queries.map((query) => [query.id, query]));
    this.#periodSeconds = periodSeconds;
  }

  /** What one page has of a query; an id that was not asked for is passed over. */
  add(id: string, times: readonly Date[], values: readonly number[]): void {
    if (!this.#queries.has(id)) return;
    const points = this.#points.get(id) ?? { seconds: [], values: [] };
    this.#points.set(id, points);
    for (const [i, time] of times.entries()) {
      points.seconds.push(time.getTime() / 1000);
      points.values.push(values[i] ?? Number.NaN);
    }
  }

  /** Those with data, in the order of the queries. */
  series(): MetricSeries[] {
    const byMetric = Map.groupBy(this.#queries.values(), ({ definition, dimensions, statistic }) =>
      JSON.stringify([definition.namespace, definition.name, dimensions, statistic]),
    );
    return [...byMetric.values()].flatMap((spellings) => this.#seriesOf(spellings) ?? []);
  }

  /** The metric's right name comes first, and wins where both have a value. */
  #seriesOf(spellings: readonly MetricQuery[]): MetricSeries | undefined {
    const [query] = spellings;
    const values = new Map<number, number>();
    for (const { id } of spellings) {
      const points = this.#points.get(id);
      for (const [i, at] of (points?.seconds ?? []).entries()) {
        const value = points?.values[i] ?? Number.NaN;
        if (Number.isFinite(value) && !values.has(at)) values.set(at, value);
      }
    }
    if (query === undefined || values.size === 0) return undefined;
    const seconds = Float64Array.from(values.keys()).sort();
    return {
      namespace: query.definition.namespace,
      metric: query.definition.name satisfies MetricName,
      dimensions: query.dimensions,
      statistic: query.statistic,
      unit: query.definition.units[0],
      periodSeconds: this.#periodSeconds,
      seconds,
      values: seconds.map((at) => values.get(at) ?? Number.NaN),
    };
  }
}
