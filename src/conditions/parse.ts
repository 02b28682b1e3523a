import type { Dimension, MetricDefinition } from '../model/cloudwatch-metrics.ts';
import { UsageError } from '../model/errors.ts';
import type { SubjectKind } from '../model/monitored.ts';
import { visibleName, visibleText } from '../model/text.ts';
import { CONDITION_GRAMMAR, type Condition, OPERATORS, type Operator, type Place } from './condition.ts';
import { durationOf } from './durations.ts';
import { metricNamed, metricsOf } from './metrics.ts';
import { defaultStatistic, statisticNamed } from './statistics.ts';
import { amountOf, limitOf } from './values.ts';

const MAX_LENGTH = 500;

/** SageMaker's names, and `Host`: `<endpoint>/<variant>/<instance>`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_./-]{0,254}$/;

const DIMENSIONS = { variant: 'VariantName', container: 'ContainerName', host: 'Host' } as const satisfies Record<
  keyof Place,
  Dimension
>;

/**
 * A condition as people write it (CONDITION_GRAMMAR), on a metric that this kind of subject has.
 * Throws a UsageError of one line that says where it is wrong and how to mend it.
 */
export function parseCondition(text: string, kind?: SubjectKind): Condition {
  try {
    if (text.length > MAX_LENGTH) throw new UsageError(`it is longer than ${MAX_LENGTH} characters`);
    return parsed(text.match(/[<>=!≤≥]+|[^\s<>=!≤≥]+/g) ?? [], kind);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = visibleText(error.message);
    throw new UsageError(`the condition "${visibleName(text)}": ${why}${why.endsWith('?') ? '' : '.'}`, { cause: error });
  }
}

/** Takes the words apart from first to last. */
function parsed(words: string[], kind: SubjectKind | undefined): Condition {
  const take = (what: string): string => {
    const word = words.shift();
    if (word !== undefined) return word;
    throw new UsageError(`${what} is missing: write ${CONDITION_GRAMMAR[0]}`);
  };
  const metric = metricNamed(take('the metric'), kind);
  const named = isSign(words[0] ?? '>') ? undefined : statisticNamed(take('the statistic'), metric);
  const operator = operatorOf(take('the operator'));
  const value = take('the value');
  const amount = amountOf(/^[\d.]+$/.test(value) && isUnit(words[0]) ? value + take('the unit') : value);
  const statistic = named ?? defaultStatistic(metric, amount.unit);
  return { metric: metric.name, statistic, operator, ...limitOf(amount, metric.name, statistic, operator), ...clauses() };

  function clauses(): Pick<Condition, 'durationSeconds' | 'where'> {
    let durationSeconds: number | undefined;
    const where: { -readonly [K in keyof Place]: Place[K] } = {};
    while (words.length > 0) {
      const word = take('').toLowerCase();
      if (word === 'for' && durationSeconds === undefined) {
        durationSeconds = durationOf(take('the time after "for"'));
      } else if (isPlace(word) && where[word] === undefined) {
        where[word] = placeNamed(word, take(`the name of the ${word}`), metric, kind);
      } else if (word !== 'on' || !isPlace(words[0]?.toLowerCase())) {
        throw new UsageError(`"${word}" is too much or at the wrong place: write ${CONDITION_GRAMMAR[0]}`);
      }
    }
    return { ...(durationSeconds === undefined ? {} : { durationSeconds }), where };
  }
}

const isSign = (word: string): boolean => /^[<>=!≤≥]/.test(word);
const isUnit = (word: string | undefined): boolean => /^(us|µs|μs|ms|s|min|%)$/i.test(word ?? '');
const isPlace = (word: string | undefined): word is keyof Place => word !== undefined && Object.hasOwn(DIMENSIONS, word);

function operatorOf(sign: string): Operator {
  const found = OPERATORS.find((operator) => operator === sign.replace('≥', '>=').replace('≤', '<='));
  if (found) return found;
  throw new UsageError(`"${sign}" is no operator: write one of ${OPERATORS.join(' ')}`);
}

function placeNamed(what: keyof Place, name: string, { name: metric }: MetricDefinition, kind: SubjectKind | undefined): string {
  if (!NAME.test(name)) throw new UsageError(`"${name}" is not the name of a ${what}`);
  const kept = metricsOf(kind).filter((one) => one.name === metric);
  if (kept.some(({ dimensions }) => dimensions.flat().includes(DIMENSIONS[what]))) return name;
  throw new UsageError(`CloudWatch does not keep ${metric}${kind === undefined ? '' : ` of ${kind}s`} by ${what}`);
}
