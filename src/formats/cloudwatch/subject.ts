import type { MetricSeries, Monitored, Subject, Variant } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';
import { byNumber } from '../../model/text.ts';
import type { Asked } from './identity.ts';

/** What the series tell of the thing asked for; its status and phases only SageMaker knows. */
export function subjectOf(asked: Asked, series: readonly MetricSeries[]): Subject {
  const { kind, name, region } = asked;
  const machines = machinesOf(asked);
  const isEndpoint = kind === 'endpoint';
  return {
    kind,
    name,
    ...optional('region', region),
    ...(isEndpoint ? {} : machines),
    variants: isEndpoint ? variantsOf(series, machines) : [],
    phases: [],
  };
}

type Machines = Pick<Variant, 'instanceType' | 'instanceCount'>;

/** What was said of the instances where the files do not tell. */
export function machinesOf({ instanceType, instanceCount }: Asked): Machines {
  return { ...optional('instanceType', instanceType), ...optional('instanceCount', instanceCount) };
}

function variantsOf(series: readonly MetricSeries[], machines: Machines): Variant[] {
  const ofVariant = ({ dimensions: { VariantName, Host = '' } }: MetricSeries) => VariantName ?? Host.split('/')[1] ?? '';
  return [...Map.groupBy(series, ofVariant)]
    .sort(([a], [b]) => byNumber(a, b))
    .map(([name, own]) => {
      const containers = new Set(own.flatMap(({ dimensions: { ContainerName } }) => ContainerName ?? []));
      const isMultiModel = own.some(({ metric }) => /^Model(?:Loading|Unloading|Downloading|Cache)|^LoadedModel/.test(metric));
      return { name, ...machines, containers: [...containers].sort(byNumber), ...(isMultiModel ? { isMultiModel } : {}) };
    });
}

/** What was asked for, else from the first to the end of the last period with data. */
export function spanOf(
  series: readonly MetricSeries[],
  { startSeconds, endSeconds }: Asked,
): Pick<Monitored, 'startSeconds' | 'endSeconds'> {
  let [first, last] = [Infinity, -Infinity];
  for (const { seconds, periodSeconds } of series) {
    first = Math.min(first, seconds[0] ?? Infinity);
    last = Math.max(last, (seconds.at(-1) ?? -Infinity) + periodSeconds);
  }
  return { startSeconds: startSeconds ?? first, endSeconds: endSeconds ?? last };
}

/** The points of the time asked for. */
export function withinAsked(
  series: readonly MetricSeries[],
  { startSeconds = -Infinity, endSeconds = Infinity }: Asked,
): MetricSeries[] {
  return series.map((one) => {
    const from = one.seconds.findIndex((seconds) => seconds >= startSeconds);
    const beyond = one.seconds.findIndex((seconds) => seconds >= endSeconds);
    const cut = (column: Float64Array) => (from < 0 ? new Float64Array() : column.slice(from, beyond < 0 ? undefined : beyond));
    return { ...one, seconds: cut(one.seconds), values: cut(one.values) };
  });
}
