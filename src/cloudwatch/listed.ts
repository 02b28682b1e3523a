import { type CloudWatchClient, type Metric, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import type { Subject } from '../model/monitored.ts';
import { instanceNamespace } from '../model/namespaces.ts';
import { metricsWith, type Target } from './targets.ts';
import type { Tolerance } from './tolerance.ts';

/** Pages of 500 metrics in which hosts are looked for among those of all jobs or endpoints of the account. */
const MOST_PAGES = 40;

/** What CloudWatch lists: metrics with data in the last two weeks. */
export interface Listed {
  readonly targets: readonly Target[];
  /** Names of metrics with other dimensions than a report knows, such as those of inference components. */
  readonly others: readonly string[];
}

/** Variants, containers and hosts of which CloudWatch lists metrics; nothing where it may not be asked. */
export async function listTargets(
  client: CloudWatchClient,
  { kind, name }: Pick<Subject, 'kind' | 'name'>,
  tolerance: Tolerance,
): Promise<Listed> {
  const request = { action: 'cloudwatch:ListMetrics', verb: 'list', resource: `the metrics of ${kind} ${name}` };
  const lost = 'Variants, containers and hosts that neither SageMaker nor the logs tell of are not found.';
  const namespace = instanceNamespace(kind);
  const found = await tolerance.ask(request, lost, async () => {
    const named = kind === 'endpoint' ? await listMetrics(client, { Dimensions: [{ Name: 'EndpointName', Value: name }] }) : [];
    // The first part of a host's name cannot be asked for alone.
    const ofHosts = await listMetrics(client, { Namespace: namespace, Dimensions: [{ Name: 'Host' }] }, () =>
      tolerance.note('left out', `CloudWatch lists more metrics of ${namespace} than are looked through for hosts.`),
    );
    return [...named, ...ofHosts];
  });
  return listedOf(found ?? [], { kind, name });
}

async function listMetrics(
  client: CloudWatchClient,
  filter: { readonly Namespace?: string; readonly Dimensions: { Name: string; Value?: string }[] },
  onMore?: () => void,
): Promise<Metric[]> {
  const metrics: Metric[] = [];
  let pages = 0;
  for await (const page of paginateListMetrics({ client }, filter)) {
    metrics.push(...(page.Metrics ?? []));
    if (++pages < MOST_PAGES) continue;
    if (page.NextToken !== undefined) onMore?.();
    break;
  }
  return metrics;
}

/** Those of the job or endpoint alone. */
export function listedOf(metrics: readonly Metric[], { kind, name }: Pick<Subject, 'kind' | 'name'>): Listed {
  const targets = new Map<string, Target>();
  const others = new Set<string>();
  for (const { Namespace, MetricName = '', Dimensions = [] } of metrics) {
    const target: Target = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
    if (target.EndpointName !== name && !target.Host?.startsWith(`${name}/`)) continue;
    if (metricsWith(target, kind).some(({ namespace }) => namespace === Namespace)) targets.set(JSON.stringify(target), target);
    else others.add(MetricName);
  }
  return { targets: [...targets.values()], others: [...others].sort() };
}
