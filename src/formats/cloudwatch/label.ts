import { METRICS, type MetricDefinition } from '../../model/cloudwatch-metrics.ts';
import { list, visibleName } from '../../model/text.ts';
import { type Asked, namespacesOf, type Refused, type Told } from './identity.ts';

/** How to mend what a label leaves open. */
const MEND = 'give the file with the MetricDataQueries along';
const STATISTICS: Readonly<Record<string, string>> = {
  average: 'Average',
  avg: 'Average',
  mean: 'Average',
  sum: 'Sum',
  minimum: 'Minimum',
  min: 'Minimum',
  maximum: 'Maximum',
  max: 'Maximum',
  samplecount: 'SampleCount',
};

/** What a label tells, and what had to be taken for granted. */
export interface FromLabel {
  readonly told: Told;
  /** A clause: `Average, since the label names no statistic`. */
  readonly assumed: readonly string[];
}

/**
 * Makes out of a label what a result is, where no query tells: the metric's name, its statistic and values of dimensions in any order, such
 * as `blue ModelLatency p99` or `blue/container-1 ContainerLatency Average`. What is missing comes from the id, then from what was asked for.
 */
export function toldByLabel(label: string, id: string, asked: Asked): FromLabel | Refused {
  const words = label.split(/[\s,;|"']+/).filter((word) => word !== '');
  const found = metricIn(words, asked) ?? metricIn(id.split(/[_\s]+/), asked);
  if (found === undefined) return { refused: `no metric of ${asked.kind}s can be made out: ${MEND}` };
  const { definition, word } = found;
  const isStatistic = (text: string) => statisticOf(text) !== undefined;
  const statistic = [...words, ...id.split('_')].map(statisticOf).find((one) => one !== undefined);
  const namespace = words.find((text) => text.startsWith('/aws/') || /^AWS\/\w+$/.test(text));
  const values = words.filter((text) => text !== word && text !== namespace && !isStatistic(text));
  const dimensions = dimensionsOf(values, definition, asked);
  if ('refused' in dimensions) return dimensions;
  const usual = definition.statistics.includes('Average') && definition.units[0] !== 'None' ? 'Average' : 'Sum';
  return {
    told: {
      namespace: namespace ?? definition.namespace,
      metric: definition.name,
      dimensions: dimensions.values,
      statistic: statistic ?? usual,
    },
    assumed: [
      ...dimensions.assumed,
      ...(statistic === undefined && definition.statistics.length > 1 ? [`the statistic as ${usual}`] : []),
    ],
  };
}

function statisticOf(word: string): string | undefined {
  return STATISTICS[word.toLowerCase()] ?? (/^p\d+(?:\.\d+)?$/i.test(word) ? word.toLowerCase() : undefined);
}

function metricIn(words: readonly string[], { kind }: Asked): { definition: MetricDefinition; word: string } | undefined {
  const definitions = METRICS.filter(({ namespace }) => namespacesOf(kind).includes(namespace));
  for (const word of words) {
    const names = ({ name, aliases = [] }: MetricDefinition) => [name, ...aliases].map((one) => one.toLowerCase());
    const definition = definitions.find((one) => names(one).includes(word.toLowerCase()));
    if (definition) return { definition, word };
  }
  return undefined;
}

type Dimensions = { readonly values: Readonly<Record<string, string>>; readonly assumed: readonly string[] };

/** Values of dimensions, with or without their names (`VariantName=blue`). */
function dimensionsOf(values: readonly string[], { name: metric }: MetricDefinition, asked: Asked): Dimensions | Refused {
  const named = Object.fromEntries(
    values.flatMap((value) =>
      [/^(EndpointName|VariantName|ContainerName|Host)[=:](.+)$/.exec(value)?.slice(1)].filter((pair) => pair !== undefined),
    ),
  );
  const bare = values.filter((value) => !/^\w+Name[=:]|^Host[=:]/.test(value));
  if (asked.kind !== 'endpoint') {
    const [host, ...more] = bare;
    if (more.length > 0) return openWords(bare);
    const given = named.Host ?? host;
    const assumed = given === undefined ? ['the host as algo-1'] : [];
    const full = given?.includes('/') ? given : `${asked.name}/${given ?? 'algo-1'}`;
    return { values: { Host: full }, assumed };
  }
  const parts = bare.flatMap((value) => value.split('/'));
  if (parts[0] === asked.name && parts.length > 1) parts.shift();
  else if (parts.length > 1 && parts.at(-1) === asked.name) parts.pop();
  const isInstance = metric.endsWith('Utilization');
  const second = metric === 'ContainerLatency' || isInstance;
  const needsSecond = metric === 'ContainerLatency';
  if (parts.length === 1 && needsSecond && named.VariantName === undefined && asked.variant !== undefined)
    parts.unshift(asked.variant);
  const [variant = named.VariantName ?? asked.variant, inner = named.ContainerName, ...more] =
    named.VariantName !== undefined && needsSecond ? [named.VariantName, ...parts] : parts;
  if (named.Host !== undefined) return { values: { Host: named.Host }, assumed: [] };
  if (more.length > 0 || (inner !== undefined && !second)) return openWords(bare);
  if (variant === undefined) return { refused: `no variant can be made out: name it with --variant, or ${MEND}` };
  if (needsSecond && inner === undefined) return { refused: `no container can be made out: ${MEND}` };
  if (isInstance && inner !== undefined) return { values: { Host: `${asked.name}/${variant}/${inner}` }, assumed: [] };
  return {
    values: {
      EndpointName: named.EndpointName ?? asked.name,
      VariantName: variant,
      ...(needsSecond && inner !== undefined ? { ContainerName: inner } : {}),
    },
    assumed: [],
  };
}

function openWords(words: readonly string[]): Refused {
  return { refused: `what ${list(words.map(visibleName))} stand for cannot be made out: ${MEND}` };
}
