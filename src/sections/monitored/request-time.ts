import { added } from '../../measures/metric-series.ts';
import { byTraffic, partShares, type RequestPart, requestParts, variantsOf } from '../../measures/variant-numbers.ts';
import type { ChartBlock } from '../../model/report.ts';
import { list, percent, visibleName } from '../../model/text.ts';
import { chart, column, table, text } from '../section.ts';
import { lineChart } from './line-chart.ts';
import type { MonitoredContext, MonitoredSectionMaker } from './section.ts';
import { latency, latencyUnit, ofRule } from './shown.ts';
import { variantPanels } from './variant-panels.ts';

interface Way {
  readonly title: string;
  readonly name: string;
  readonly parts: readonly RequestPart[];
}

/** Where a request spends its time: in the model or the containers of a pipeline, and in what SageMaker adds. */
export const requestTime: MonitoredSectionMaker = (context) => {
  const { monitored, results } = context;
  const ways = byTraffic(variantsOf(monitored)).flatMap(({ name }): Way[] => {
    const parts = requestParts(monitored, name);
    return parts.length > 1 ? [{ title: visibleName(name), name, parts }] : [];
  });
  if (ways.length === 0) return undefined;
  const isPipeline = ways.some(({ parts }) => containers(parts).length > 1);
  const rows = ways.flatMap(({ title, parts }) =>
    parts.map(({ label, kind, meanMicros, percent: share }) => [title, visibleName(label), kind, meanMicros / 1e3, share]),
  );
  const columns = [
    ...['Variant', 'Part', 'Kind'].map(column.text),
    { ...column.seconds('Mean of a request'), unit: 'ms' },
    column.share('Share'),
  ];
  const blocks = [
    ...ways.map((way) => text(ways.length > 1 ? `${way.title}: ${sentence(way)}` : sentence(way))),
    ...variantPanels(context, 'request-time-variant', ways, (way, suffix) => drawn(context, way, suffix)),
    table('request-time-table', 'Time of a request by part', columns, rows),
  ];
  const title = isPipeline ? 'Containers of the pipeline and overhead' : 'Model time and overhead';
  return ofRule({ id: 'request-time', title, blocks }, isPipeline ? 'ContainerDominates' : 'OverheadDominates', results);
};

/** Names the container that takes the most, and the overhead. */
function sentence({ parts }: Way): string {
  const inside = parts.filter(({ kind }) => kind !== 'overhead').toSorted((a, b) => b.meanMicros - a.meanMicros);
  const [most] = inside;
  const total = parts.reduce((sum, { meanMicros }) => sum + meanMicros, 0);
  const share = ({ meanMicros, percent: of }: RequestPart) => `${latency(meanMicros)} (${percent(of)})`;
  const told = [
    ...(most
      ? [
          most.kind === 'model'
            ? `${share(most)} in the model`
            : `the most, ${share(most)}, in the container ${visibleName(most.label)}`,
        ]
      : []),
    ...parts.flatMap((part) => (part.kind === 'overhead' ? [`${share(part)} as overhead`] : [])),
  ];
  return `A request takes ${latency(total)} on average: ${list(told)}.`;
}

function containers(parts: readonly RequestPart[]): readonly RequestPart[] {
  return parts.filter(({ kind }) => kind === 'container');
}

const RULES = ['OverheadDominates', 'ContainerDominates'];

function drawn(context: MonitoredContext, { title, name, parts }: Way, suffix: string): ChartBlock[] {
  const shares = partShares(parts);
  const labels = parts.map(({ label }) => label);
  const common = { rules: RULES, nodes: [name], stacked: true };
  return [
    chart({
      kind: 'shares',
      id: `request-parts${suffix}`,
      title: 'Where the time of a request goes',
      alt: `${title}: ${list(
        parts.map(({ label, percent: share }) => `${visibleName(label)} ${percent(share)}`),
        parts.length,
      )}.`,
      parts: parts.map(({ label, percent: value, meanMicros }) => ({
        label: visibleName(label),
        value,
        detail: latency(meanMicros),
      })),
    }),
    ...lineChart(context, {
      ...common,
      id: `request-time${suffix}`,
      title: 'Mean time of a request by part',
      valueTitle: 'Time',
      ...latencyUnit([added(parts.map(({ means }) => means))]),
      lines: parts.map(({ label, means }) => ({ label, points: means })),
    }),
    ...lineChart(context, {
      ...common,
      id: `request-shares${suffix}`,
      title: 'Share of each part over time',
      valueTitle: 'Share of the time',
      unit: '%',
      range: [0, 100],
      lines: labels.map((label, i) => ({ label, points: shares[i] })),
    }),
  ];
}
