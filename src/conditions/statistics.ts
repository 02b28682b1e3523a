import { hasStatistic, type MetricDefinition, SPELLINGS, type Statistic } from '../model/cloudwatch-metrics.ts';
import { UsageError } from '../model/errors.ts';
import { list } from '../model/text.ts';
import { ZERO_OR_ONE } from './quantity.ts';

/** Words of conditions beside those. */
const WORDS: typeof SPELLINGS = { ...SPELLINGS, mean: 'Average', count: 'SampleCount' };

/** The statistic of that name. Throws a UsageError that names those which the metric has. */
export function statisticNamed(word: string, metric: MetricDefinition): Statistic {
  const statistic = spelled(word.toLowerCase(), metric);
  if (statistic !== undefined && hasStatistic(metric, statistic)) return statistic;
  const known = [...metric.statistics, ...(metric.percentiles ? ['percentiles such as p99'] : [])];
  throw new UsageError(`${metric.name} has no ${statistic ?? `statistic "${word}"`}: it has ${list(known, known.length)}`);
}

/** Where a condition names none: requests are counted, errors too unless a share of the requests is asked for, all else is averaged. */
export function defaultStatistic({ name, statistics }: MetricDefinition, unit: string): Statistic {
  if (ZERO_OR_ONE.has(name) && name !== 'ModelCacheHit') return unit === '%' ? 'Average' : 'Sum';
  return statistics.includes('Average') ? 'Average' : 'Sum';
}

function spelled(word: string, { name }: MetricDefinition): string | undefined {
  if (word === 'rate') return ZERO_OR_ONE.has(name) ? 'Average' : undefined;
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  const [, whole, decimals = ''] = /^p0*(\d+)(\.\d+)?$/.exec(word) ?? [];
  return whole === undefined ? undefined : `p${whole}${decimals.replace(/\.?0+$/, '')}`;
}
