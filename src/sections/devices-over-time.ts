import { DEVICE_CHANNELS, type DeviceChannel } from '../measures/channels.ts';
import { coarser } from '../measures/time-axis.ts';
import type { ChannelUsage, NodeUsage } from '../measures/usage-over-time.ts';
import type { GridChart } from '../model/chart.ts';
import { count, duration, percent, plural } from '../model/text.ts';
import { chart, info, panels, type SectionMaker } from './section.ts';
import { MAX_TIME_PANELS, type TimeContext } from './time-context.ts';

const GRIDS = {
  gpu: { id: 'gpu', title: 'Each GPU', row: 'GPU', value: 'GPU utilization', rules: ['LowGPUUtilization', 'LoadBalancing'] },
  gpuMemory: {
    id: 'gpu-memory',
    title: 'Memory of each GPU',
    row: 'GPU',
    value: 'GPU memory utilization',
    rules: ['GPUMemoryIncrease'],
  },
  cpu: { id: 'cpu', title: 'Each core', row: 'Core', value: 'CPU utilization', rules: ['CPUBottleneck'] },
  ioWait: { id: 'io-wait', title: 'I/O wait of each core', row: 'Core', value: 'I/O wait', rules: ['IOBottleneck'] },
} as const;

/** Id of the grid whose rows the chart of all cores or GPUs together can pick. */
export function gridId(channel: DeviceChannel, suffix: string): string {
  return `devices-${GRIDS[channel].id}${suffix}`;
}

/** Every core and GPU of every node over the time of the job. */
export const devicesOverTime: SectionMaker = (_, time) => {
  const nodes = (time?.usage ?? []).filter(({ channels }) => DEVICE_CHANNELS.some((channel) => channels.has(channel)));
  if (time === undefined || nodes.length === 0) return undefined;
  const items = nodes.map((usage) => ({ title: usage.node, usage }));
  return {
    id: 'devices-over-time',
    title: 'Cores and GPUs over time',
    blocks: [
      ...panels(
        'devices-over-time-node',
        'Node',
        items,
        ({ usage }, suffix) => DEVICE_CHANNELS.flatMap((channel) => grid(channel, usage, time, suffix)),
        MAX_TIME_PANELS,
      ),
      info(
        `Each cell is the mean of ${duration(coarser(time.axis).stepSeconds)}. Rows can be picked as lines in the charts of utilization over time.`,
      ),
    ],
  };
};

function grid(channel: DeviceChannel, { node, channels }: NodeUsage, { axis, frame }: TimeContext, suffix: string) {
  const usage = channels.get(channel);
  if (usage === undefined) return [];
  const { title, row, value, rules } = GRIDS[channel];
  const { startSeconds, stepSeconds } = coarser(axis);
  const drawn: GridChart = {
    kind: 'grid',
    id: gridId(channel, suffix),
    title,
    alt: `${node}, ${value}: ${spread(usage)}.`,
    rowTitle: row,
    valueTitle: value,
    unit: '%',
    ...frame(rules, { node }),
    rows: usage.devices.map(({ name }) => name),
    startSeconds,
    stepSeconds,
    values: usage.devices.map(({ values }) => values),
    range: [0, 100],
  };
  const left = usage.deviceCount - usage.devices.length;
  return [chart(drawn), ...(left > 0 ? [info(`Not drawn: ${count(left)} more of ${plural(usage.deviceCount, row)}.`)] : [])];
}

/** From the least to the most used. */
function spread({ devices }: ChannelUsage): string {
  const means = devices
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      return { name, mean: known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length) };
    })
    .sort((a, b) => a.mean - b.mean);
  const [least, most] = [means[0], means.at(-1)];
  if (least === undefined || most === undefined || means.length < 2) return `${least?.name} mean ${percent(least?.mean ?? 0)}`;
  return `from a mean of ${percent(least.mean)} on ${least.name} to ${percent(most.mean)} on ${most.name}`;
}
