import { METRICS, type MetricDefinition, SPELLINGS } from '../../model/cloudwatch-metrics.ts';
import { namespacesOf } from '../../model/namespaces.ts';
import type { Asked, Refused, Told } from './identity.ts';
import { dimensionsIn, MEND } from './label-dimensions.ts';

/** What a label tells, and what had to be taken for granted: clauses such as `the statistic as Average`. */
export interface FromLabel {
  readonly told: Told;
  readonly assumed: readonly string[];
}

/**
 * Makes out of a label what a result is, where no query tells: the metric's name, its statistic and values of dimensions in any order, such
 * as `blue ModelLatency p99` or `blue/container-1 ContainerLatency Average`. What is missing comes from the id, then from what was asked for.
 */
export function toldByLabel(label: string, id: string, asked: Asked): FromLabel | Refused {
  const words = label.split(/[\s,;|"']+/).filter((word) => word !== '');
  const wordsOfId = id.split('_');
  const found = metricIn(words, asked) ?? metricIn(wordsOfId, asked);
  if (found === undefined) return { refused: `no metric of ${asked.kind}s can be made out: ${MEND}` };
  const { definition, word } = found;
  // `p1` alone is a number of a query.
  const statistic = statisticIn(words) ?? (wordsOfId.length > 1 ? statisticIn(wordsOfId) : undefined);
  const namespace = words.find(isNamespace);
  const values = words.filter((text) => text !== word && !isNamespace(text) && statisticIn([text]) === undefined);
  const dimensions = dimensionsIn(values, definition, asked);
  if ('refused' in dimensions) return dimensions;
  const usual = definition.statistics.includes('Minimum') ? 'Average' : 'Sum';
  return {
    told: {
      namespace: namespace ?? definition.namespace,
      metric: definition.name,
      dimensions: dimensions.values,
      statistic: statistic ?? usual,
    },
    assumed: [
      ...(dimensions.assumed ? [dimensions.assumed] : []),
      ...(statistic === undefined && definition.statistics.length > 1 ? [`the statistic as ${usual}`] : []),
    ],
  };
}

function statisticIn(words: readonly string[]): string | undefined {
  for (const word of words) {
    const statistic = SPELLINGS[word.toLowerCase()] ?? (/^p\d+(?:\.\d+)?$/i.test(word) ? word.toLowerCase() : undefined);
    if (statistic !== undefined) return statistic;
  }
  return undefined;
}

function isNamespace(word: string): boolean {
  return word.startsWith('/aws/') || /^AWS\/\w+$/.test(word);
}

function metricIn(words: readonly string[], { kind }: Asked): { definition: MetricDefinition; word: string } | undefined {
  const definitions = METRICS.filter(({ namespace }) => namespacesOf(kind).includes(namespace));
  for (const word of words) {
    const isNamed = (name: string) => name.toLowerCase() === word.toLowerCase();
    const definition = definitions.find(({ name, aliases = [] }) => [name, ...aliases].some(isNamed));
    if (definition) return { definition, word };
  }
  return undefined;
}
