import { variantNames } from '../measures/metric-series.ts';
import type { MetricSeries, Monitored } from '../model/monitored.ts';
import { visibleName } from '../model/text.ts';
import type { Condition } from './condition.ts';

/** One thing that a condition is looked at for: a variant, a container of it, or a host. */
export interface LookedAt {
  /** For people: `variant blue, container tokenizer`. */
  readonly place: string;
  readonly variant?: string;
  /** Charts of what are shaded: variant or host. */
  readonly node?: string;
  /** Absent where there is no data. */
  readonly series?: MetricSeries;
}

/**
 * What a condition is looked at for: of an endpoint its variants (by instance where a host is asked for, or where CloudWatch's own value of
 * the variant is not there), of a job its hosts. Those of which there is no data are there without a series.
 */
export function lookedAt({ metric, statistic, where }: Condition, monitored: Monitored): LookedAt[] {
  const { subject } = monitored;
  const all = monitored.series.filter((one) => one.metric === metric && one.statistic === statistic && one.values.length > 0);
  if (subject.kind !== 'endpoint' || where.host !== undefined) {
    const hosts = all.filter(({ dimensions: { Host: host } }) => host !== undefined && isHost(host, where));
    return hosts.length > 0 ? hosts.map(ofHost) : [{ place: where.host === undefined ? 'all hosts' : `host ${where.host}` }];
  }
  const variants = variantNames(monitored).filter((name) => where.variant === undefined || name === where.variant);
  if (variants.length === 0) return [{ place: where.variant === undefined ? 'all variants' : `variant ${where.variant}` }];
  return variants.flatMap((variant): LookedAt[] => {
    const own = all.filter(({ dimensions }) => dimensions.VariantName === variant && dimensions.Host === undefined);
    const found = own.filter(({ dimensions }) => where.container === undefined || dimensions.ContainerName === where.container);
    const hosts = own.length > 0 ? [] : all.filter(({ dimensions: { Host: host = '' } }) => isHost(host, { variant }));
    if (hosts.length > 0) return hosts.map(ofHost);
    const place = `variant ${visibleName(variant)}`;
    const within = (container: string | undefined) =>
      container === undefined ? place : `${place}, container ${visibleName(container)}`;
    if (found.length === 0) return [{ place: within(where.container), variant, node: variant }];
    return found.map((series) => ({ place: within(series.dimensions.ContainerName), variant, node: variant, series }));
  });
}

/** `<endpoint>/<variant>/<instance>` or `<job>/algo-1`. */
function isHost(host: string, { host: asked, variant }: Condition['where']): boolean {
  if (variant !== undefined && host.split('/')[1] !== variant) return false;
  return asked === undefined || host === asked || host.endsWith(`/${asked}`);
}

function ofHost(series: MetricSeries): LookedAt {
  const { Host: host = '' } = series.dimensions;
  const [, ...rest] = host.split('/');
  const [variant] = rest.length > 1 ? rest : [];
  return {
    place: `host ${visibleName(rest.join('/') || host)}`,
    node: variant ?? host,
    ...(variant === undefined ? {} : { variant }),
    series,
  };
}
