import { type Dimension, METRICS, type MetricDefinition } from '../model/cloudwatch-metrics.ts';
import type { Subject, SubjectKind } from '../model/monitored.ts';
import { namespacesOf } from '../model/namespaces.ts';
import { byNumber } from '../model/text.ts';

/** Dimensions under which CloudWatch keeps metrics: of a variant, a container or a host. */
export type Target = Readonly<Partial<Record<Dimension, string>>>;

/** Hosts of one report; the others are told. An endpoint that scales has many over the weeks. */
export const MAX_HOSTS = 200;

/** Everything that metrics may be kept under. Of one container alone CloudWatch has none, but that costs nothing to find out. */
export function targetsOf({ kind, name, variants }: Subject, hosts: readonly string[]): Target[] {
  const byHost = hosts.slice(0, MAX_HOSTS).map((host) => ({ Host: host }));
  if (kind !== 'endpoint') return byHost;
  const byVariant = variants.flatMap((variant) => {
    const target = { EndpointName: name, VariantName: variant.name };
    return [target, ...variant.containers.map((container) => ({ ...target, ContainerName: container }))];
  });
  return [...byVariant, ...byHost];
}

/** The metrics that come with exactly these dimensions. */
export function metricsWith(target: Target, kind: SubjectKind): MetricDefinition[] {
  const names = Object.keys(target).sort().join();
  return METRICS.filter(
    ({ namespace, dimensions }) =>
      namespacesOf(kind).includes(namespace) && dimensions.some((combination) => combination.toSorted().join() === names),
  );
}

/**
 * Hosts of a job whose shape says how many: training and processing jobs name them `<job>/algo-1`, ...; where that is not known, as many as
 * `guessed`. Hosts of transform jobs and endpoints are named after instances, which CloudWatch and the logs alone know.
 */
export function namedHosts({ kind, name, instanceCount }: Subject, guessed: number): string[] {
  if (kind !== 'training job' && kind !== 'processing job') return [];
  return Array.from({ length: instanceCount ?? guessed }, (_, i) => `${name}/algo-${i + 1}`);
}

/** Each once, in natural order. */
export function sortedHosts(...hosts: readonly (readonly string[])[]): string[] {
  return [...new Set(hosts.flat())].sort(byNumber);
}
