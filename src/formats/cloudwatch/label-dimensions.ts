import type { MetricDefinition } from '../../model/cloudwatch-metrics.ts';
import { list, visibleName } from '../../model/text.ts';
import type { Asked, Refused } from './identity.ts';

/** How to mend what a label leaves open. */
export const MEND = 'give the file with the MetricDataQueries along';

interface Dimensions {
  readonly values: Readonly<Record<string, string>>;
  /** What was taken for granted, a clause. */
  readonly assumed?: string;
}

const NAMED = /^(EndpointName|VariantName|ContainerName|Host)[=:](.+)$/;

/** Dimensions by the words of a label that are neither metric nor statistic: their values, with or without names (`VariantName=blue`). */
export function dimensionsIn(words: readonly string[], { name: metric }: MetricDefinition, asked: Asked): Dimensions | Refused {
  const named: Partial<Record<string, string>> = {};
  const bare: string[] = [];
  for (const word of words) {
    const [, dimension, value] = NAMED.exec(word) ?? [];
    if (dimension === undefined) bare.push(word);
    else named[dimension] = value;
  }
  if (named.Host !== undefined) return bare.length > 0 ? open(bare) : { values: { Host: named.Host } };
  return asked.kind === 'endpoint' ? ofEndpoint(bare, named, metric, asked) : ofJob(bare, asked);
}

/** `algo-1`, or the whole `<job>/algo-1`. */
function ofJob(bare: readonly string[], { name }: Asked): Dimensions | Refused {
  const [host, ...more] = bare.filter((word) => word !== name);
  if (more.length > 0) return open([...bare]);
  if (host === undefined) return { values: { Host: `${name}/algo-1` }, assumed: 'the host as algo-1' };
  return { values: { Host: host.includes('/') ? host : `${name}/${host}` } };
}

/** `blue`, `blue/container-1`, `blue/<instance>`, with or without the endpoint's name. */
function ofEndpoint(
  bare: readonly string[],
  { EndpointName, VariantName, ContainerName }: Partial<Record<string, string>>,
  metric: string,
  { name, variant }: Asked,
): Dimensions | Refused {
  const parts = bare.flatMap((word) => word.split('/'));
  const ownName = parts.indexOf(name);
  if (ownName >= 0 && (parts.length > 1 || name !== variant)) parts.splice(ownName, 1);
  const isOfContainer = metric === 'ContainerLatency';
  const ofVariant = VariantName ?? (isOfContainer && parts.length === 1 ? variant : undefined) ?? parts.shift() ?? variant;
  const inner = ContainerName ?? parts.shift();
  const isOfInstance = inner !== undefined && metric.endsWith('Utilization');
  if (parts.length > 0 || (inner !== undefined && !isOfContainer && !isOfInstance)) return open(bare);
  if (ofVariant === undefined) return { refused: `no variant can be made out: name it with --variant, or ${MEND}` };
  if (isOfContainer && inner === undefined) return { refused: `no container can be made out: ${MEND}` };
  if (isOfInstance) return { values: { Host: `${EndpointName ?? name}/${ofVariant}/${inner}` } };
  const container = isOfContainer && inner !== undefined ? { ContainerName: inner } : {};
  return { values: { EndpointName: EndpointName ?? name, VariantName: ofVariant, ...container } };
}

function open(words: readonly string[]): Refused {
  return {
    refused: `what ${list(words.map(visibleName))} ${words.length === 1 ? 'stands' : 'stand'} for cannot be made out: ${MEND}`,
  };
}
