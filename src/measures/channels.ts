import type { SystemMetrics } from '../model/system-metrics.ts';

/** What is drawn of a node: all its cores or GPUs together, the other metrics each alone. */
export const CHANNELS = [
  'cpu',
  'ioWait',
  'gpu',
  'gpuMemory',
  'memory',
  'diskRead',
  'diskWrite',
  'iops',
  'algorithmReceive',
  'algorithmTransmit',
  'platformReceive',
  'platformTransmit',
] as const;

export type Channel = (typeof CHANNELS)[number];

/** Channels of many devices in percent; the others are one number at a time. */
export const DEVICE_CHANNELS = ['gpu', 'gpuMemory', 'cpu', 'ioWait'] as const satisfies readonly Channel[];
export type DeviceChannel = (typeof DEVICE_CHANNELS)[number];

/** By dimension: these rows stand for one core or GPU each. */
const BY_DIMENSION: Readonly<Record<string, DeviceChannel>> = {
  CPUUtilization: 'cpu',
  'I/OWaitPercentage': 'ioWait',
  GPUUtilization: 'gpu',
  GPUMemoryUtilization: 'gpuMemory',
};

/** By type, dimension and name: the spelling of the files. */
const BY_NAME: Readonly<Record<string, Channel>> = {
  'memory||MemoryUsedPercent': 'memory',
  'i/o||ReadThroughputInBytesPerSecond': 'diskRead',
  'i/o||WriteThroughputInBytesPerSecond': 'diskWrite',
  'i/o||IOPS': 'iops',
  'network|Algorithm|ReceiveBytesPerSecond': 'algorithmReceive',
  'network|Algorithm|TransmitBytesPerSecond': 'algorithmTransmit',
  'network|Platform|ReceiveBytesPerSecond': 'platformReceive',
  'network|Platform|TransmitBytesPerSecond': 'platformTransmit',
};

export function isPercent(channel: Channel): boolean {
  return channel === 'memory' || isDeviceChannel(channel);
}

export function isDeviceChannel(channel: Channel): channel is DeviceChannel {
  return (DEVICE_CHANNELS as readonly Channel[]).includes(channel);
}

/** Index into CHANNELS of the rows of a metric by the index of their name, or -1 where nothing is drawn of them. */
export function channelTable({ metrics, names }: SystemMetrics): readonly Int8Array[] {
  return metrics.map(({ type, dimension }) => {
    const device = Object.hasOwn(BY_DIMENSION, dimension) ? BY_DIMENSION[dimension] : undefined;
    if (device) return new Int8Array(names.length).fill(CHANNELS.indexOf(device));
    return Int8Array.from(names, (name) => {
      const key = `${type}|${dimension}|${name}`;
      return Object.hasOwn(BY_NAME, key) ? CHANNELS.indexOf(BY_NAME[key] as Channel) : -1;
    });
  });
}
