import { ERROR_METRICS, type ErrorMetric } from '../../measures/endpoint-traffic.ts';
import {
  byTraffic,
  type ErrorRates,
  errorRates,
  peakOf,
  type VariantTraffic,
  variantsOf,
} from '../../measures/variant-numbers.ts';
import type { Block, ChartBlock } from '../../model/report.ts';
import { list, utc, visibleName } from '../../model/text.ts';
import { column, info, table } from '../section.ts';
import { lineChart } from './line-chart.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { ERRORS, ofRule } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

type WithErrors = VariantTraffic & {
  readonly title: string;
  readonly errors: readonly (ErrorRates & { readonly metric: ErrorMetric })[];
};

/** Errors by kind, as a share of the invocations. */
export const errors: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  const variants = byTraffic(variantsOf(monitored)).map((one): WithErrors => {
    const kinds = ERROR_METRICS.flatMap((metric) => {
      const rates = errorRates(monitored, one.name, metric);
      return rates ? [{ metric, ...rates }] : [];
    });
    return { ...one, title: visibleName(one.name), errors: kinds };
  });
  if (variants.every((one) => one.errors.length === 0)) return undefined;
  const failing = variants.filter((one) => one.errors.some(({ rates }) => rates.values.some((rate) => rate > 0)));
  const blocks: Block[] = [
    ...(failing.length === 0
      ? noErrors(variants)
      : variantPanels(context, 'errors-variant', failing, (one, suffix) => drawn(context, one, suffix))),
    rateTable(variants),
    info(
      '4XX and 5XX are what callers got; model errors, a broken connection or a timeout of the container for example, are among them.',
    ),
  ];
  return ofRule({ id: 'errors', title: 'Errors', blocks }, 'HighErrorRate', results);
};

/** Said of those kinds alone that are known; nothing where their counts are known but no rates, since periods differ. */
function noErrors(variants: readonly WithErrors[]): Block[] {
  const all = variants.flatMap(({ errors: kinds }) => kinds);
  if (all.some(({ count = 0 }) => count > 0)) return [];
  const known = new Set(all.map(({ metric }) => metric));
  const others = ERROR_METRICS.filter((metric) => !known.has(metric));
  if (others.length === 0) return [info('There were no errors.')];
  const names = (metrics: Iterable<ErrorMetric>) => list([...metrics].map((metric) => ERRORS[metric]));
  return [info(`There were none of ${names(known)}; of ${names(others)} nothing is known.`)];
}

function drawn(context: MonitoredContext, { name, errors: kinds }: WithErrors, suffix: string): ChartBlock[] {
  return lineChart(context, {
    id: `error-rates${suffix}`,
    title: 'Error rate',
    valueTitle: 'Invocations with an error',
    unit: '%',
    rules: ['HighErrorRate'],
    nodes: [name],
    lines: kinds.map(({ metric, rates }) => ({ label: ERRORS[metric], points: rates })),
  });
}

function rateTable(variants: readonly WithErrors[]) {
  const rows = variants.flatMap(({ name, total, errors: kinds }) =>
    kinds.map(({ metric, count, percent, rates }) => {
      const peak = peakOf(rates);
      const when = peak && peak.value > 0 ? utc(peak.seconds) : undefined;
      return [visibleName(name), ERRORS[metric], total, count, percent, peak?.value, when];
    }),
  );
  const percent = (label: string) => ({ ...column.percent(label), digits: 3 });
  const columns = [
    ...['Variant', 'Kind'].map(column.text),
    ...['Invocations', 'Errors'].map(column.count),
    ...['Rate', 'Highest rate of a period'].map(percent),
    column.text('When'),
  ];
  return table('error-rates-table', 'Errors by kind', columns, rows);
}
