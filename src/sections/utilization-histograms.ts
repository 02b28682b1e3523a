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

const perSecond = (value: number) => `${bytes(value)}/s`;

/** Percentages share one axis, bytes have their own. */
const DRAWINGS: readonly Drawing[] = [
  {
    id: 'usage-histogram',
    title: 'Samples by utilization',
    valueTitle: 'Utilization',
    unit: '%',
    shown: percent,
    strips: { gpu: 'GPU', gpuMemory: 'GPU memory', cpu: 'CPU', ioWait: 'I/O wait', memory: 'Host memory' },
  },
  {
    id: 'disk-histogram',
    title: 'Samples by disk throughput',
    valueTitle: 'Throughput',
    unit: 'B/s',
    shown: perSecond,
    strips: { diskRead: 'Read', diskWrite: 'Written' },
  },
  {
    id: 'network-histogram',
    title: 'Samples by network throughput',
    valueTitle: 'Throughput',
    unit: 'B/s',
    shown: perSecond,
    strips: {
      algorithmReceive: 'Training, received',
      algorithmTransmit: 'Training, sent',
      platformReceive: 'Platform, received',
      platformTransmit: 'Platform, sent',
    },
  },
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
