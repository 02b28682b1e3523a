import type { Dimension, MetricName, Statistic } from '../src/model/cloudwatch-metrics.ts';
import type { Monitored, Variant } from '../src/model/monitored.ts';
import { ENDPOINT_RULES } from '../src/rules/index.ts';
import { type AddedRuleRun, parametersOf } from '../src/rules/rule.ts';
import { BLUE, ENDPOINT, monitoredEndpoint, START, seriesOf } from './monitored.ts';

/** Minute by minute, nothing where there is no data; a number stands for an hour of it. */
export type Values = number | readonly (number | undefined)[];
/** Of variant `blue` unless told. */
export type Told = readonly [MetricName, Statistic, Values, Partial<Record<Dimension, string>>?];

/** An endpoint with these values, of one variant `blue` unless told. */
export function endpoint(told: readonly Told[], variants: readonly Partial<Variant>[] = [{}]): Monitored {
  const series = told.map(([metric, statistic, values, dimensions = of('blue')]) =>
    seriesOf({
      metric,
      statistic,
      namespace: metric.endsWith('Utilization') ? '/aws/sagemaker/Endpoints' : 'AWS/SageMaker',
      dimensions: dimensions.Host === undefined ? { EndpointName: ENDPOINT, ...dimensions } : dimensions,
      ...(typeof values === 'number' ? { value: () => values } : { periods: values.length, value: (i) => values[i] }),
    }),
  );
  return monitoredEndpoint({ series, variants: variants.map((variant) => ({ ...BLUE, ...variant })) });
}

export const of = (VariantName: string): Partial<Record<Dimension, string>> => ({ VariantName });
export const container = (ContainerName: string, variant = 'blue') => ({ VariantName: variant, ContainerName });
export const host = (instance: string, variant = 'blue') => ({ Host: `${ENDPOINT}/${variant}/${instance}` });

/** So many minutes of a value. */
export function minutes(times: number, value: number | undefined): (number | undefined)[] {
  return Array.from({ length: times }, () => value);
}

/** What a rule for endpoints makes of one, and the minutes that its issues cover, from START. */
export function judgedEndpoint(
  name: string,
  monitored: Monitored,
  parameters: Readonly<Record<string, string>> = {},
): AddedRuleRun & { readonly minutes: readonly (readonly (readonly [from: number, to: number])[])[] } {
  const rule = ENDPOINT_RULES.find((one) => one.name === name);
  if (!rule) throw new Error(`there is no rule ${name}`);
  const all = new Map(Object.entries({ ...rule.defaults, ...parameters }));
  const context = { parameter: parametersOf(rule, { parameters: all }), text: (key: string) => all.get(key) ?? '' };
  const run = rule.run({ kind: 'endpoint', monitored }, context);
  const minute = (seconds: number) => (seconds - START) / 60;
  return {
    ...run,
    minutes: run.issues.map(({ spans }) => spans.map((span) => [minute(span.startSeconds), minute(span.endSeconds)] as const)),
  };
}
