import type { Subject, Variant } from '../model/monitored.ts';
import type { Asked } from './asked.ts';
import type { Shape } from './describe/shape.ts';
import type { Listed } from './listed.ts';
import type { Streamed } from './log-streams.ts';
import { namedHosts, sortedHosts } from './targets.ts';

/** Hosts asked for where nobody tells how many a job had. */
const GUESSED_HOSTS = 20;
/** What SageMaker's Python SDK calls the only variant of an endpoint. */
const USUAL_VARIANT = 'AllTraffic';

export interface Discovered {
  /** With all variants and containers that anything tells of. */
  readonly subject: Subject;
  readonly hosts: readonly string[];
}

/**
 * Joins what SageMaker, the list of metrics and the log streams tell. CloudWatch lists no metric that had no data for two weeks, SageMaker no
 * variant of earlier: each knows what the others do not.
 */
export function discovered(asked: Asked, { subject, modelled }: Shape, listed: Listed, streamed: Streamed): Discovered {
  const { kind, name } = subject;
  const hosts = [...listed.targets.flatMap(({ Host }) => Host ?? []), ...streamed.hosts];
  if (kind !== 'endpoint') {
    const told = subject.instanceCount === undefined && hosts.length > 0 ? [] : namedHosts(subject, GUESSED_HOSTS);
    return { subject, hosts: sortedHosts(told, hosts) };
  }
  const all = withFound(subject.variants, modelled, listed, streamed);
  const known = all.length > 0 ? all : [{ name: asked.variant ?? USUAL_VARIANT, containers: [] }];
  const wanted = (variant: string) => asked.variant === undefined || variant === asked.variant;
  return {
    subject: { ...subject, variants: known.filter((variant) => wanted(variant.name)) },
    hosts: sortedHosts(hosts.filter((host) => wanted(host.slice(name.length + 1).split('/')[0] ?? ''))),
  };
}

/** Names of all variants that anything tells of, whichever was asked for. */
export function variantNames({ subject, modelled }: Shape, listed: Listed, streamed: Streamed): string[] {
  return withFound(subject.variants, modelled, listed, streamed).map(({ name }) => name);
}

function withFound(variants: readonly Variant[], modelled: ReadonlySet<string>, listed: Listed, streamed: Streamed): Variant[] {
  const names = new Set([
    ...variants.map(({ name }) => name),
    ...listed.targets.flatMap(({ VariantName }) => VariantName ?? []),
    ...streamed.containers.keys(),
  ]);
  return [...names].map((name) => {
    const variant = variants.find((one) => one.name === name) ?? { name, containers: [] };
    if (modelled.has(name)) return variant;
    const found = listed.targets.flatMap(({ VariantName, ContainerName }) => (VariantName === name && ContainerName) || []);
    return { ...variant, containers: [...new Set([...found, ...(streamed.containers.get(name) ?? [])])].sort() };
  });
}
