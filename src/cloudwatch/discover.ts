import type { MetricSeries, Subject, Variant } from '../model/monitored.ts';
import type { Asked } from './asked.ts';
import type { Clients } from './clients.ts';
import type { Shape } from './describe/shape.ts';
import { type Listed, listTargets } from './listed.ts';
import { describeStreams, type Streamed } from './log-streams.ts';
import { LAST_SECONDS } from './span.ts';
import { namedHosts, sortedHosts } from './targets.ts';
import type { Tolerance } from './tolerance.ts';

/** Hosts asked for where nobody tells how many a job had. */
const GUESSED_HOSTS = 20;
/** What SageMaker's Python SDK calls the only variant of an endpoint. */
const USUAL_VARIANT = 'AllTraffic';

export interface Discovered {
  /** With all variants and containers that anything tells of; only the variant that was asked for. */
  readonly subject: Subject;
  readonly hosts: readonly string[];
  /** True where neither the list of metrics nor a log stream tells of it. */
  readonly isTraceless: boolean;
  /** Of all variants that anything tells of. */
  readonly variantNames: readonly string[];
  readonly listed: Listed;
  readonly streamed: Streamed;
}

/** Looks for variants, containers and hosts where SageMaker does not tell: it does of most jobs. */
export async function discover(
  asked: Asked,
  shape: Shape,
  { cloudwatch, logs }: Pick<Clients, 'cloudwatch' | 'logs'>,
  nowSeconds: number,
  tolerated: Tolerance,
): Promise<Discovered> {
  if (shape.subject.instanceCount !== undefined && asked.kind !== 'transform job')
    return discovered(asked, shape, { targets: [], others: [] }, { hosts: [], containers: new Map() });
  // What was deleted may have been so for long.
  const since = shape.state === 'gone' ? 0 : (asked.startSeconds ?? (asked.endSeconds ?? nowSeconds) - LAST_SECONDS);
  const looked = [listTargets(cloudwatch, asked, tolerated), describeStreams(logs, asked, since, tolerated)] as const;
  return discovered(asked, shape, ...(await Promise.all(looked)));
}

/**
 * Joins what SageMaker, the list of metrics and the log streams tell. CloudWatch lists no metric that had no data for two weeks, SageMaker no
 * variant of earlier: each knows what the others do not.
 */
export function discovered(asked: Asked, { subject, modelled }: Shape, listed: Listed, streamed: Streamed): Discovered {
  const { kind, name } = subject;
  const isTraceless = listed.targets.length === 0 && streamed.hosts.length === 0;
  const hosts = [...listed.targets.flatMap(({ Host }) => Host ?? []), ...streamed.hosts];
  if (kind !== 'endpoint') {
    const told = subject.instanceCount === undefined && hosts.length > 0 ? [] : namedHosts(subject, GUESSED_HOSTS);
    return { subject, hosts: sortedHosts(told, hosts), variantNames: [], isTraceless, listed, streamed };
  }
  const all = withFound(subject.variants, modelled, listed, streamed);
  const named = asked.variant ?? (all.length === 0 ? USUAL_VARIANT : undefined);
  const wanted = named === undefined ? all : [all.find((variant) => variant.name === named) ?? { name: named, containers: [] }];
  const isWanted = (host: string) => named === undefined || host.startsWith(`${name}/${named}/`);
  return {
    subject: { ...subject, variants: wanted },
    hosts: sortedHosts(hosts.filter(isWanted)),
    variantNames: all.map((variant) => variant.name),
    isTraceless,
    listed,
    streamed,
  };
}

/** Without variants that only a trace tells of, such as a log stream, where there are metrics, but none of them. */
export function withoutEmpty(subject: Subject, shape: Pick<Shape, 'subject'>, series: readonly MetricSeries[]): Subject {
  const isKnown = ({ name }: Variant) =>
    shape.subject.variants.some((variant) => variant.name === name) ||
    series.some(({ dimensions }) => dimensions.VariantName === name);
  return series.length === 0 ? subject : { ...subject, variants: subject.variants.filter(isKnown) };
}

function withFound(variants: readonly Variant[], modelled: ReadonlySet<string>, listed: Listed, streamed: Streamed): Variant[] {
  const seen = [...listed.targets.flatMap(({ VariantName }) => VariantName ?? []), ...streamed.containers.keys()].sort();
  const names = new Set([...variants.map(({ name }) => name), ...seen]);
  return [...names].map((name) => {
    const variant = variants.find((one) => one.name === name) ?? { name, containers: [] };
    if (modelled.has(name)) return variant;
    const found = listed.targets.flatMap(({ VariantName, ContainerName }) => (VariantName === name && ContainerName) || []);
    return { ...variant, containers: [...new Set([...found, ...(streamed.containers.get(name) ?? [])])].sort() };
  });
}
