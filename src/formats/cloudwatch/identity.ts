import {
  type Dimension,
  hasStatistic,
  INSTANCE_NAMESPACES,
  type MetricDefinition,
  metricDefinition,
} from '../../model/cloudwatch-metrics.ts';
import type { Inquiry, MetricSeries, SubjectKind } from '../../model/monitored.ts';
import { namespacesOf } from '../../model/namespaces.ts';
import { list, visibleName } from '../../model/text.ts';

/** What was asked for: the thing itself, and what its files may not tell. */
export interface Asked extends Inquiry {
  readonly region?: string;
  readonly instanceType?: string;
  readonly instanceCount?: number;
}

/** What the values of a result are. */
export type Identity = Pick<MetricSeries, 'namespace' | 'metric' | 'dimensions' | 'statistic' | 'unit'>;

/** As it is written in a query, or made out from a label. */
export interface Told {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly unit?: string | undefined;
}

/** What is of another thing or of no use, and why: a clause. */
export interface Refused {
  readonly refused: string;
}

/** Lets pass only metrics of the thing asked for, in their units and valid statistics. */
export function identityOf(told: Told, asked: Asked): Identity | Refused {
  const known = [...INSTANCE_NAMESPACES, 'AWS/SageMaker'].includes(told.namespace);
  if (!namespacesOf(asked.kind).some((namespace) => namespace === told.namespace)) {
    const whose = known ? `, not that of ${articled(asked.kind)}` : '';
    return { refused: `the namespace is ${visibleName(told.namespace)}${whose}` };
  }
  const definition = metricDefinition(told.namespace, told.metric);
  if (definition === undefined) return { refused: `${visibleName(told.namespace)} has no metric ${visibleName(told.metric)}` };
  const foreign = foreignDimensions(told.dimensions, definition, asked);
  if (foreign !== undefined) return { refused: foreign };
  if (!hasStatistic(definition, told.statistic)) {
    return {
      refused: `${visibleName(told.statistic)} is no statistic of ${definition.name}, it has ${statisticsOf(definition)}`,
    };
  }
  const unit = told.unit ?? definition.units[0];
  const isUnit = (given: string): given is Identity['unit'] => definition.units.some((one) => one === given);
  if (!isUnit(unit)) return { refused: `the unit is ${visibleName(unit)}, that of ${definition.name} is ${definition.units[0]}` };
  const { namespace, name: metric } = definition;
  return { namespace, metric, dimensions: told.dimensions, statistic: told.statistic, unit };
}

function foreignDimensions(
  dimensions: Readonly<Record<string, string>>,
  { name, dimensions: allowed }: MetricDefinition,
  { kind, name: asked, variant }: Asked,
): string | undefined {
  const names = Object.keys(dimensions);
  const fits = (some: readonly Dimension[]) => some.length === names.length && some.every((one) => names.includes(one));
  if (!allowed.some(fits)) {
    return `the dimensions are ${list(names.map(visibleName)) || 'none'}, those of ${name} are ${allowed.map((some) => list(some)).join(' or ')}`;
  }
  const { EndpointName, VariantName, Host } = dimensions;
  const [ofThing, ofVariant] = Host === undefined ? [EndpointName, VariantName] : Host.split('/');
  if (ofThing !== asked) return `it is of ${visibleName(ofThing ?? '')}, not of the ${kind} ${visibleName(asked)}`;
  if (kind === 'endpoint' && variant !== undefined && ofVariant !== variant) {
    return `it is of the variant ${visibleName(ofVariant ?? '')}, not of ${visibleName(variant)}`;
  }
  return undefined;
}

function statisticsOf({ statistics, percentiles }: MetricDefinition): string {
  return list([...statistics, ...(percentiles ? ['percentiles such as p99'] : [])], 6);
}

function articled(kind: SubjectKind): string {
  return `${kind === 'endpoint' ? 'an' : 'a'} ${kind}`;
}
