import type { SystemMetrics } from '../model/system-metrics.ts';
import { byNumber } from '../model/text.ts';
import { type Binned, Means, Spreads } from './binned.ts';
import { CHANNELS, type Channel, channelTable, isDeviceChannel, isPercent } from './channels.ts';
import { type Counting, growingHistogram, type Histogram, percentHistogram } from './counting.ts';
import { binOf, COARSE, coarser, type TimeAxis } from './time-axis.ts';

/** Cores or GPUs of a node with a row of their own; more count in the mean alone. */
const MAX_DEVICES = 256;

/** What a node's metrics did over time. */
export interface NodeUsage {
  readonly node: string;
  readonly channels: ReadonlyMap<Channel, ChannelUsage>;
}

export interface ChannelUsage {
  /** Over all cores or GPUs. */
  readonly overTime: Binned;
  readonly mean: number;
  readonly histogram: Histogram;
  /** Distinct names seen, such as cores. */
  readonly deviceCount: number;
  /** Means of single cores or GPUs on the coarser axis, by name; none for other channels. */
  readonly devices: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** One pass over all samples. Memory follows nodes, devices and bins, not the samples. Rows that were there before do not count again. */
export function usageOverTime(
  metrics: SystemMetrics,
  axis: TimeAxis,
): { readonly nodes: readonly NodeUsage[]; readonly rowsOutside: number } {
  const table = channelTable(metrics);
  const gathered = metrics.nodes.map(() => [] as (Gathering | undefined)[]);
  let rowsOutside = 0;
  for (let batch = 0; batch < metrics.batchCount; batch++) {
    const bin = binOf(axis, metrics.seconds[batch] as number);
    const [first, end] = [metrics.firstRow[batch] as number, metrics.firstRow[batch + 1] as number];
    if (bin < 0) {
      rowsOutside += end - first;
      continue;
    }
    const channelOf = table[metrics.metric[batch] as number] as Int8Array;
    const ofNode = gathered[metrics.node[batch] as number] as (Gathering | undefined)[];
    for (let row = first; row < end; row++) {
      const name = metrics.nameOf(row);
      const channel = channelOf[name] as number;
      if (channel < 0 || metrics.isRepeat(row)) continue;
      ofNode[channel] ??= new Gathering(CHANNELS[channel] as Channel, axis);
      ofNode[channel].add(bin, name, metrics.valueOf(row));
    }
  }
  const nodes = gathered.map((ofNode, i) => ({
    node: metrics.nodes[i] as string,
    channels: new Map(ofNode.flatMap((one) => (one ? [[one.channel, one.done(metrics.names)] as const] : []))),
  }));
  return { nodes, rowsOutside };
}

class Gathering {
  readonly channel: Channel;
  private readonly overTime: Spreads;
  private readonly histogram: Counting;
  private readonly coarseBins: number;
  private readonly devices = new Map<number, Means | undefined>();

  constructor(channel: Channel, axis: TimeAxis) {
    this.channel = channel;
    this.overTime = new Spreads(axis.bins);
    this.histogram = isPercent(channel) ? percentHistogram() : growingHistogram();
    this.coarseBins = isDeviceChannel(channel) ? coarser(axis).bins : 0;
  }

  add(bin: number, name: number, value: number): void {
    this.overTime.add(bin, value);
    this.histogram.add(value);
    if (this.coarseBins === 0) return;
    let device = this.devices.get(name);
    if (device === undefined && !this.devices.has(name)) {
      device = this.devices.size < MAX_DEVICES ? new Means(this.coarseBins) : undefined;
      this.devices.set(name, device);
    }
    device?.add(Math.floor(bin / COARSE), value);
  }

  done(names: readonly string[]): ChannelUsage {
    return {
      overTime: this.overTime.spreads(isPercent(this.channel) ? 0.1 : 1),
      mean: this.overTime.overall(),
      histogram: this.histogram.done(),
      deviceCount: this.devices.size,
      devices: [...this.devices]
        .flatMap(([name, device]) => (device ? [{ name: names[name] as string, values: device.means(1) }] : []))
        .sort((a, b) => byNumber(a.name, b.name)),
    };
  }
}

/** The least used first: by mean of the GPUs, of the cores where there are none. */
export function byUse(a: NodeUsage, b: NodeUsage): number {
  return load(a) - load(b) || byNumber(a.node, b.node);
}

function load({ channels }: NodeUsage): number {
  return (channels.get('gpu') ?? channels.get('cpu'))?.mean ?? 0;
}
