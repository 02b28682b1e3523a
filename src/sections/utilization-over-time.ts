import { type Channel, isDeviceChannel, isPercent } from '../measures/channels.ts';
import type { ChannelUsage, NodeUsage } from '../measures/usage-over-time.ts';
import type { SeriesChart } from '../model/chart.ts';
import type { RuleName } from '../model/rule-names.ts';
import { bytes, count, duration, list, number, percent, plural } from '../model/text.ts';
import { gridId } from './devices-over-time.ts';
import { chart, info, panels, type SectionMaker, warning } from './section.ts';
import { MAX_TIME_PANELS, type TimeContext } from './time-context.ts';

interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly valueTitle: string;
  readonly unit: string;
  /** Labels of the lines, by channel. */
  readonly lines: Partial<Record<Channel, string>>;
  /** Rules whose issues are shaded. */
  readonly rules: readonly RuleName[];
}

const DRAWINGS: readonly Drawing[] = [
  {
    id: 'gpu',
    title: 'GPU utilization',
    valueTitle: 'GPU utilization',
    unit: '%',
    lines: { gpu: 'GPUs' },
    rules: ['LowGPUUtilization', 'CPUBottleneck', 'IOBottleneck', 'LoadBalancing'],
  },
  {
    id: 'gpu-memory',
    title: 'GPU memory utilization',
    valueTitle: 'GPU memory utilization',
    unit: '%',
    lines: { gpuMemory: 'GPUs' },
    rules: ['GPUMemoryIncrease', 'BatchSize'],
  },
  {
    id: 'cpu',
    title: 'CPU utilization',
    valueTitle: 'CPU utilization',
    unit: '%',
    lines: { cpu: 'cores' },
    rules: ['CPUBottleneck'],
  },
  { id: 'io-wait', title: 'I/O wait', valueTitle: 'I/O wait', unit: '%', lines: { ioWait: 'cores' }, rules: ['IOBottleneck'] },
  { id: 'memory', title: 'Host memory', valueTitle: 'Memory used', unit: '%', lines: { memory: 'Memory' }, rules: [] },
  {
    id: 'disk',
    title: 'Disk throughput',
    valueTitle: 'Throughput',
    unit: 'B/s',
    lines: { diskRead: 'Read', diskWrite: 'Written' },
    rules: ['IOBottleneck'],
  },
  {
    id: 'iops',
    title: 'Disk operations',
    valueTitle: 'Operations',
    unit: '1/s',
    lines: { iops: 'Operations' },
    rules: ['IOBottleneck'],
  },
  {
    id: 'network',
    title: 'Network of the training',
    valueTitle: 'Throughput',
    unit: 'B/s',
    lines: { algorithmReceive: 'Received', algorithmTransmit: 'Sent' },
    rules: [],
  },
  {
    id: 'network-platform',
    title: 'Network of the platform',
    valueTitle: 'Throughput',
    unit: 'B/s',
    lines: { platformReceive: 'Received', platformTransmit: 'Sent' },
    rules: [],
  },
];

/** What each node's metrics did over the time of the job: mean and spread, with the issues of the rules shaded. */
export const utilizationOverTime: SectionMaker = (_, time) => {
  const nodes = (time?.usage ?? []).filter(({ channels }) => channels.size > 0);
  if (time === undefined || nodes.length === 0) return undefined;
  const items = nodes.map((usage) => ({ title: usage.node, usage }));
  return {
    id: 'utilization-over-time',
    title: 'Utilization over time',
    blocks: [
      ...panels(
        'utilization-over-time-node',
        'Node',
        items,
        ({ usage }, suffix) => DRAWINGS.flatMap((drawing) => charts(drawing, usage, time, suffix)),
        MAX_TIME_PANELS,
      ),
      info(
        `Each point is the mean of ${duration(time.axis.stepSeconds)} over all cores or GPUs of the node; the band reaches from the lowest to the highest single sample, so that no peak is lost. Issues of the rules are shaded, near ones as one. Traffic of the platform (images, data channels, uploads) is not the training’s own.`,
      ),
      ...(time.rowsOutside > 0
        ? [warning(`Far outside of the job, and not drawn: ${plural(time.rowsOutside, 'sample')}. A clock was wrong.`)]
        : []),
    ],
  };
};

function charts(drawing: Drawing, { node, channels }: NodeUsage, { axis, frame }: TimeContext, suffix: string) {
  const { id, title, valueTitle, unit, rules } = drawing;
  const lines = (Object.entries(drawing.lines) as [Channel, string][]).flatMap(([channel, label]) => {
    const usage = channels.get(channel);
    return usage ? [{ channel, label, usage }] : [];
  });
  const [first] = lines;
  if (first === undefined) return [];
  const drawn: SeriesChart = {
    kind: 'series',
    id: `time-${id}${suffix}`,
    title,
    alt: `${node}, ${title}: ${list(lines.map((line) => summary(line.label, line.usage, unit)))}.`,
    valueTitle,
    unit,
    ...(isPercent(first.channel) ? { range: [0, 100] as const } : {}),
    ...frame(rules, { node }),
    seconds: Array.from({ length: axis.bins }, (_, i) => axis.startSeconds + (i + 0.5) * axis.stepSeconds),
    series: lines.map(({ label, usage: { overTime, deviceCount } }) => ({
      label: deviceCount > 1 ? `Mean of ${count(deviceCount)} ${label}` : label,
      values: overTime.mean,
      low: overTime.low,
      high: overTime.high,
    })),
    ...(isDeviceChannel(first.channel) && first.usage.devices.length > 1 ? { pickFrom: gridId(first.channel, suffix) } : {}),
  };
  return [chart(drawn)];
}

function summary(label: string, { mean, overTime }: ChannelUsage, unit: string): string {
  const shown = SHOWN[unit] as (value: number) => string;
  const highest = overTime.high.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return `${label} mean ${shown(mean)}, at most ${shown(highest)}`;
}

const SHOWN: Readonly<Record<string, (value: number) => string>> = {
  '%': percent,
  'B/s': (value) => `${bytes(value)}/s`,
  '1/s': (value) => `${number(value, 0)}/s`,
};
