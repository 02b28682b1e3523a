import type { Dimension, MetricName, Namespace, Statistic } from '../model/cloudwatch-metrics.ts';
import type { MetricSeries, Monitored, Variant } from '../model/monitored.ts';

/** Values of periods, as a MetricSeries has them; also what is computed of several. */
export type Points = Pick<MetricSeries, 'periodSeconds' | 'seconds' | 'values'>;

interface Wanted {
  readonly metric: MetricName;
  readonly statistic?: Statistic;
  readonly namespace?: Namespace;
  /** Those named must be equal; undefined asks for one without it; others may be anything. */
  readonly dimensions?: Readonly<Partial<Record<Dimension, string | undefined>>>;
}

/** The series of a metric, in their order; every statistic, namespace and dimension that is not asked for otherwise. */
export function findSeries({ series }: Pick<Monitored, 'series'>, { metric, statistic, namespace, dimensions = {} }: Wanted) {
  const asked = Object.entries(dimensions) as [Dimension, string | undefined][];
  return near(series, metric, dimensions).filter(
    (one) =>
      (statistic === undefined || one.statistic === statistic) &&
      (namespace === undefined || one.namespace === namespace) &&
      asked.every(([name, value]) => one.dimensions[name] === value),
  );
}

/** The series of a metric that may have these dimensions: few of them, where it is asked for one container or one variant. */
function near(series: Monitored['series'], metric: MetricName, dimensions: NonNullable<Wanted['dimensions']>) {
  const { byMetric, byVariant, byContainer } = indexOf(series);
  const { VariantName: variant, ContainerName: container } = dimensions;
  if (!Object.hasOwn(dimensions, 'VariantName')) return byMetric.get(metric) ?? [];
  if (container === undefined) return byVariant.get(keyOf(metric, variant)) ?? [];
  return byContainer.get(keyOf(metric, variant, container)) ?? [];
}

/** The series of a variant as a whole: none of its containers, none of its instances. */
export function variantSeries(
  monitored: Pick<Monitored, 'series'>,
  variant: string,
  metric: MetricName,
  statistic: Statistic,
): MetricSeries | undefined {
  const dimensions = { VariantName: variant, ContainerName: undefined, Host: undefined };
  return findSeries(monitored, { metric, statistic, dimensions })[0];
}

/** Latency of one container of a variant's pipeline. */
export function containerSeries(
  monitored: Pick<Monitored, 'series'>,
  variant: string,
  container: string,
  statistic: Statistic,
): MetricSeries | undefined {
  const dimensions = { VariantName: variant, ContainerName: container };
  return findSeries(monitored, { metric: 'ContainerLatency', statistic, dimensions })[0];
}

/** A metric of each instance of a variant, by its id: `Host` is `<endpoint>/<variant>/<instance>`. */
export function instanceSeries(
  { series, subject }: Pick<Monitored, 'series' | 'subject'>,
  variant: string,
  metric: MetricName,
  statistic: Statistic,
): Map<string, MetricSeries> {
  const head = `${subject.name}/${variant}/`;
  const found = (indexOf(series).byHead.get(keyOf(metric, head)) ?? []).filter((one) => one.statistic === statistic);
  return new Map(found.map((one) => [(one.dimensions.Host as string).slice(head.length), one]));
}

/** Everything there is of a variant: of it as a whole, of its containers and of its instances. */
export function seriesOfVariant({ series, subject }: Pick<Monitored, 'series' | 'subject'>, variant: string): MetricSeries[] {
  const { ofVariant, ofHead } = indexOf(series);
  return [...(ofVariant.get(variant) ?? []), ...(ofHead.get(`${subject.name}/${variant}/`) ?? [])];
}

/** Variants in SageMaker's order, then those that only series tell of. */
export function variantNames({ subject, series }: Pick<Monitored, 'subject' | 'series'>): string[] {
  return [...new Set([...subject.variants.map(({ name }) => name), ...indexOf(series).ofVariant.keys()])];
}

/** Where to look: rules and sections ask for a few of ten thousand series, ten thousand times. */
interface Index {
  readonly byMetric: ReadonlyMap<MetricName, readonly MetricSeries[]>;
  readonly byVariant: Lists;
  readonly byContainer: Lists;
  /** By metric and the part of `Host` before the instance. */
  readonly byHead: Lists;
  readonly ofVariant: Lists;
  readonly ofHead: Lists;
}
type Lists = ReadonlyMap<string, readonly MetricSeries[]>;

const INDICES = new WeakMap<Monitored['series'], Index>();

/** Made once for a list of series, which never changes. */
function indexOf(series: Monitored['series']): Index {
  const known = INDICES.get(series);
  if (known) return known;
  const withVariant = series.filter(({ dimensions }) => dimensions.VariantName !== undefined);
  const withHost = series.filter(({ dimensions }) => dimensions.Host !== undefined);
  const index: Index = {
    byMetric: Map.groupBy(series, ({ metric }) => metric),
    byVariant: Map.groupBy(series, ({ metric, dimensions }) => keyOf(metric, dimensions.VariantName)),
    byContainer: Map.groupBy(series, ({ metric, dimensions: { VariantName, ContainerName } }) =>
      keyOf(metric, VariantName, ContainerName),
    ),
    byHead: Map.groupBy(withHost, (one) => keyOf(one.metric, headOf(one))),
    ofVariant: Map.groupBy(withVariant, ({ dimensions }) => dimensions.VariantName as string),
    ofHead: Map.groupBy(withHost, headOf),
  };
  INDICES.set(series, index);
  return index;
}

function headOf({ dimensions: { Host: host = '' } }: MetricSeries): string {
  return host.slice(0, host.lastIndexOf('/') + 1);
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}

/** What SageMaker tells of a variant; undefined of one that only series tell of. */
export function variantOf({ subject }: Pick<Monitored, 'subject'>, variant: string): Variant | undefined {
  return subject.variants.find(({ name }) => name === variant);
}

/** The sum of all periods; 0 of none. */
export function total({ values }: Pick<Points, 'values'>): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The largest value; undefined of none. */
export function largest({ values }: Pick<Points, 'values'>): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => Math.max(a, b));
}

/** One value of two for each period that both have, what is no finite number left out; none where their periods are not equally long. */
export function paired(a: Points, b: Points, of: (a: number, b: number) => number): Points {
  const byStart = new Map(Array.from(b.seconds, (second, i) => [second, b.values[i] as number]));
  const same = a.periodSeconds === b.periodSeconds;
  const points = Array.from(a.seconds, (second, i) => {
    const other = same ? byStart.get(second) : undefined;
    return [second, other === undefined ? Number.NaN : of(a.values[i] as number, other)] as const;
  });
  return pointsOf(
    points.filter(([, value]) => Number.isFinite(value)),
    a.periodSeconds,
  );
}

/** `a / b` for each period that both have and in which `b` is more than nothing: errors of invocations, say. */
export function ratio(a: Points, b: Points): Points {
  return paired(a, b, (x, y) => (y > 0 ? x / y : Number.NaN));
}

/** The sum of several for each period that any of them has: one without a point in it adds nothing. All periods of the length of the first. */
export function added(many: readonly Points[]): Points {
  const periodSeconds = many[0]?.periodSeconds ?? 60;
  const sums = new Map<number, number>();
  for (const { seconds, values } of many.filter((one) => one.periodSeconds === periodSeconds)) {
    for (const [i, second] of seconds.entries()) sums.set(second, (sums.get(second) ?? 0) + (values[i] as number));
  }
  return pointsOf(
    [...sums].sort(([a], [b]) => a - b),
    periodSeconds,
  );
}

/** Each value changed: percent of all cores to percent of one, say. */
export function scaled({ periodSeconds, seconds, values }: Points, factor: number): Points {
  return { periodSeconds, seconds, values: values.map((value) => value * factor) };
}

/** Mean of the values of all periods that both have, each counted as often as its weight says; undefined where there is no weight at all. */
export function weightedMean(values: Points, weights: Points): number | undefined {
  const weight = total(paired(values, weights, (_, times) => times));
  return weight > 0 ? total(paired(values, weights, (value, times) => value * times)) / weight : undefined;
}

function pointsOf(points: readonly (readonly [seconds: number, value: number])[], periodSeconds: number): Points {
  return {
    periodSeconds,
    seconds: Float64Array.from(points, ([second]) => second),
    values: Float64Array.from(points, ([, value]) => value),
  };
}
