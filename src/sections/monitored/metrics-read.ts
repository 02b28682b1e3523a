import { largest } from '../../measures/metric-series.ts';
import { meanOf } from '../../measures/variant-numbers.ts';
import type { MetricSeries } from '../../model/monitored.ts';
import { visibleName } from '../../model/text.ts';
import { column, info, table, text } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';

/** A row for each statistic: of ten variants with everything there is. */
const MOST_ROWS = 1000;

/** Every series that was read, as CloudWatch and its console call it. */
export const metricsRead: MonitoredSectionMaker = ({ monitored: { series, source } }) => {
  if (series.length === 0) return undefined;
  const rows = series.map((one) => [
    one.metric,
    groupOf(one),
    one.namespace,
    Object.entries(one.dimensions)
      .map(([name, value]) => `${name} ${visibleName(value)}`)
      .join(', '),
    one.statistic,
    one.unit,
    one.values.length,
    meanOf(one),
    largest(one),
  ]);
  const columns = [
    ...['Metric', 'Group in the console', 'Namespace', 'Dimensions', 'Statistic', 'Unit'].map(column.text),
    column.count('Points'),
    { ...column.count('Mean'), digits: 2 },
    { ...column.count('Highest'), digits: 2 },
  ];
  return {
    id: 'series-read',
    title: 'Metrics read',
    blocks: [
      text(
        `From ${visibleName(source)}, in CloudWatch’s own units: latencies are microseconds, and CPU and GPU go to 100 % for each core or GPU.`,
      ),
      table('metrics-read', 'Series', columns, rows, true, MOST_ROWS),
      ...(series.some((one) => one.namespace === '/aws/sagemaker/Endpoints')
        ? [info('Values of an endpoint’s instances are sums over the containers of the instance, primary and supplementary.')]
        : []),
    ],
  };
};

/** As the CloudWatch console groups the metrics of SageMaker. */
function groupOf({ namespace, dimensions }: MetricSeries): string {
  if (dimensions.ContainerName !== undefined) return 'Endpoint Container Metrics';
  if (namespace === 'AWS/SageMaker') return 'Endpoint Variant Metrics';
  if (namespace === '/aws/sagemaker/Endpoints') return 'Endpoint Instance Metrics';
  return 'Host Metrics';
}
