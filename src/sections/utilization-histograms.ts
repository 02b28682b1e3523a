import type { Channel } from '../measures/channels.ts';
import type { NodeUsage } from '../measures/usage-over-time.ts';
import { bytes, list, percent } from '../model/text.ts';
import { chart, info, panels, type SectionMaker } from './section.ts';
import { MAX_TIME_PANELS } from './time-context.ts';

interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly valueTitle: string;
  readonly unit: string;
  readonly shown: (value: number) => string;
  /** Labels of the strips, by channel. */
  readonly strips: Partial<Record<Channel, string>>;
}

const percentage = (id: string, channel: Channel, title: string): Drawing => ({
  id: `${id}-histogram`,
  title,
  valueTitle: title,
  unit: '%',
  shown: percent,
  strips: { [channel]: title },
});

const traffic = (id: string, title: string, strips: Drawing['strips']): Drawing => ({
  id: `${id}-histogram`,
  title,
  valueTitle: 'Throughput',
  unit: 'B/s',
  shown: (value) => `${bytes(value)}/s`,
  strips,
});

/** Percentages have a chart each: a metric that is 0 most of the time would flatten the others. */
const DRAWINGS: readonly Drawing[] = [
  percentage('gpu', 'gpu', 'GPU utilization'),
  percentage('gpu-memory', 'gpuMemory', 'GPU memory utilization'),
  percentage('cpu', 'cpu', 'CPU utilization'),
  percentage('io-wait', 'ioWait', 'I/O wait'),
  percentage('memory', 'memory', 'Host memory'),
  traffic('disk', 'Disk throughput', { diskRead: 'Read', diskWrite: 'Written' }),
  traffic('network', 'Network throughput', {
    algorithmReceive: 'Training, received',
    algorithmTransmit: 'Training, sent',
    platformReceive: 'Platform, received',
    platformTransmit: 'Platform, sent',
  }),
];

/** How often each node was how busy: all samples of all its cores or GPUs. */
export const utilizationHistograms: SectionMaker = (_, time) => {
  const nodes = (time?.usage ?? []).filter(({ channels }) => channels.size > 0);
  if (nodes.length === 0) return undefined;
  const items = nodes.map((usage) => ({ title: usage.node, usage }));
  return {
    id: 'utilization-histograms',
    title: 'How busy, how often',
    blocks: [
      ...panels(
        'utilization-histograms-node',
        'Node',
        items,
        ({ usage }, suffix) => DRAWINGS.flatMap((drawing) => histogram(drawing, usage, suffix)),
        MAX_TIME_PANELS,
      ),
      info(
        'Samples of all cores or GPUs of the node, each counted once. The last bin of a percentage holds 98 to 100 %, both included.',
      ),
    ],
  };
};

function histogram({ id, title, valueTitle, unit, shown, strips }: Drawing, { node, channels }: NodeUsage, suffix: string) {
  const drawn = (Object.entries(strips) as [Channel, string][]).flatMap(([channel, label]) => {
    const usage = channels.get(channel);
    return usage ? [{ label, usage }] : [];
  });
  if (drawn.length === 0) return [];
  return [
    chart({
      kind: 'histogram',
      id: `${id}${suffix}`,
      title,
      alt: `${node}: ${list(
        drawn.map(({ label, usage }) => `${label} mean ${shown(usage.mean)}`),
        6,
      )}.`,
      valueTitle,
      unit,
      countTitle: 'Samples',
      series: drawn.map(({ label, usage }) => ({ label, ...usage.histogram })),
      marks: [],
    }),
  ];
}
