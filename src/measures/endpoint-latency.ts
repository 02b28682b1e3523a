import type { MetricName } from '../model/cloudwatch-metrics.ts';
import type { MetricSeries, Monitored } from '../model/monitored.ts';
import { invocationsOf } from './endpoint-traffic.ts';
import {
  containerSeries,
  findSeries,
  type Points,
  paired,
  ratio,
  scaled,
  total,
  variantOf,
  variantSeries,
  weightedMean,
} from './metric-series.ts';

/** Mean latency of each period, microseconds, and how many requests it is the mean of. */
export interface Latency {
  readonly means: Points;
  /** Where CloudWatch tells no number of requests, one for each period. */
  readonly requests: Points;
  /** Of all requests; undefined of none. */
  readonly meanMicros: number | undefined;
}

/** A latency of a variant; undefined where CloudWatch has none of it. */
export function latencyOf(monitored: Monitored, variant: string, metric: MetricName): Latency | undefined {
  return latency(monitored, variant, (statistic) => variantSeries(monitored, variant, metric, statistic));
}

/** Of one container of a variant's pipeline. */
function containerLatencyOf(monitored: Monitored, variant: string, container: string): Latency | undefined {
  return latency(monitored, variant, (statistic) => containerSeries(monitored, variant, container, statistic));
}

type Find = (statistic: 'Average' | 'Sum' | 'SampleCount') => MetricSeries | undefined;

function latency(monitored: Monitored, variant: string, find: Find): Latency | undefined {
  const [sum, samples] = [find('Sum'), find('SampleCount')];
  const means = find('Average') ?? (sum && samples && ratio(sum, samples));
  if (means === undefined || means.values.length === 0) return undefined;
  const requests = samples ?? invocationsOf(monitored, variant) ?? { ...means, values: means.values.map(() => 1) };
  return { means, requests, meanMicros: weightedMean(means, requests) };
}

/** A variant's latency as SageMaker sees it: model and what is added to it, both over the periods that have both. */
export interface Parts {
  readonly modelMicros: number;
  readonly overheadMicros: number;
  /** Of the overhead in both together, 0 to 1. */
  readonly share: number;
  readonly requests: number;
  /** The share in each period. */
  readonly shares: Points;
}

/** Undefined where one of the two is not there, or no period has both and requests. */
export function partsOf(monitored: Monitored, variant: string): Parts | undefined {
  const [model, overhead] = [latencyOf(monitored, variant, 'ModelLatency'), latencyOf(monitored, variant, 'OverheadLatency')];
  if (!model || !overhead) return undefined;
  const requests = paired(
    model.requests,
    paired(model.means, overhead.means, () => 1),
    (times) => times,
  );
  const [modelMicros, overheadMicros] = [weightedMean(model.means, requests), weightedMean(overhead.means, requests)];
  if (modelMicros === undefined || overheadMicros === undefined || modelMicros + overheadMicros <= 0) return undefined;
  return {
    modelMicros,
    overheadMicros,
    share: overheadMicros / (modelMicros + overheadMicros),
    requests: total(requests),
    shares: paired(overhead.means, model.means, (o, m) => o / (o + m)),
  };
}

/** One container's part of a pipeline's latency. */
export interface ContainerShare {
  readonly container: string;
  readonly meanMicros: number;
  /** Of the sum of all containers with data, 0 to 1. */
  readonly share: number;
  readonly means: Points;
  /** As of any latency: the weights of the means. */
  readonly requests: Points;
}

/** Containers of a variant in the order in which a request passes them, then those that only series tell of. */
export function containersOf({ subject, series }: Monitored, variant: string): string[] {
  const told = variantOf({ subject }, variant)?.containers ?? [];
  const found = findSeries({ series }, { metric: 'ContainerLatency', dimensions: { VariantName: variant } });
  return [...new Set([...told, ...found.flatMap(({ dimensions }) => dimensions.ContainerName ?? [])])];
}

/** The share of each container that has latencies, in the same order. */
export function containerShares(monitored: Monitored, variant: string): ContainerShare[] {
  const found = containersOf(monitored, variant).flatMap((container) => {
    const latency = containerLatencyOf(monitored, variant, container);
    return latency?.meanMicros === undefined ? [] : [{ container, ...latency, meanMicros: latency.meanMicros }];
  });
  const sum = found.reduce((micros, { meanMicros }) => micros + meanMicros, 0);
  return found.map((one) => ({ ...one, share: sum > 0 ? one.meanMicros / sum : 0 }));
}

/** Below this part of ModelLatency containers are missing among those that CloudWatch tells of: hardly anything passes between them. */
const WHOLE = 0.8;

/** Whether these are all containers of a variant's pipeline: all that SageMaker tells of, and with about as much time as the model in all. */
export function isWholePipeline(
  monitored: Monitored,
  variant: string,
  found: readonly Pick<ContainerShare, 'container' | 'meanMicros'>[],
): boolean {
  const { meanMicros: model = 0 } = latencyOf(monitored, variant, 'ModelLatency') ?? {};
  const sum = found.reduce((micros, { meanMicros }) => micros + meanMicros, 0);
  return containersOf(monitored, variant).length === found.length && sum >= WHOLE * model;
}

/** Model and overhead latency of each period together, milliseconds; the model's alone where there is no overhead. */
export function responseMillis(monitored: Monitored, variant: string, statistic: 'Average' | `p${number}`): Points | undefined {
  const of = (metric: MetricName) => variantSeries(monitored, variant, metric, statistic);
  const [model, overhead] = [of('ModelLatency'), of('OverheadLatency')];
  return model && scaled(overhead?.values.length ? paired(model, overhead, (a, b) => a + b) : model, 1e-3);
}
