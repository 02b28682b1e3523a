import { METRICS, type MetricDefinition, type MetricName } from '../model/cloudwatch-metrics.ts';
import { editDistance } from '../model/edit-distance.ts';
import { UsageError } from '../model/errors.ts';
import type { SubjectKind } from '../model/monitored.ts';
import { namespacesOf } from '../model/namespaces.ts';
import { list } from '../model/text.ts';

/** Letters that may be wrong in a name that is meant for another. */
const MOST_WRONG = 4;

/** Unit and statistics of a metric are the same in every namespace that has it. */
export function definitionOf(metric: MetricName, kind?: SubjectKind): MetricDefinition {
  const found = metricsOf(kind).find(({ name }) => name === metric);
  if (found === undefined) throw new Error(`${metric} is not in the table of metrics`);
  return found;
}

export function metricsOf(kind?: SubjectKind): readonly MetricDefinition[] {
  return kind === undefined ? METRICS : METRICS.filter(({ namespace }) => namespacesOf(kind).includes(namespace));
}

/** The metric of that name, case aside, an earlier spelling included. Throws a UsageError that names those there are. */
export function metricNamed(word: string, kind?: SubjectKind): MetricDefinition {
  const named = (metrics: readonly MetricDefinition[]) =>
    metrics.find(({ name, aliases = [] }) => [name, ...aliases].some((known) => known.toLowerCase() === word.toLowerCase()));
  const found = named(metricsOf(kind));
  if (found) return found;
  const names = [...new Set(metricsOf(kind).map(({ name }) => name))];
  const elsewhere = named(METRICS);
  throw new UsageError(
    elsewhere === undefined
      ? `"${word}" is no metric that CloudWatch has of SageMaker: ${meant(word.toLowerCase(), names)}`
      : `CloudWatch has no ${elsewhere.name} of ${kind}s; write one of ${list(names, names.length)}`,
  );
}

function meant(word: string, names: readonly string[]): string {
  const distance = (name: string) => editDistance(name.toLowerCase(), word);
  const [nearest = ''] = names.toSorted((a, b) => distance(a) - distance(b));
  if (distance(nearest) <= MOST_WRONG) return `did you mean ${nearest}?`;
  const holding = word.length < 3 ? [] : names.filter((name) => name.toLowerCase().includes(word));
  return `write one of ${list(holding.length > 0 ? holding : names, names.length)}`;
}
