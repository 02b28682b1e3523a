import { silences } from '../measures/silence.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { MetricSeries, Monitored, Phase } from '../model/monitored.ts';
import type { Damage, Run } from '../model/run.ts';
import type { Metric } from '../model/system-metrics.ts';
import { byNumber, plural } from '../model/text.ts';
import { type Devices, devicesOf } from './monitored-run/counts.ts';
import { type HostSeries, samplesOf } from './monitored-run/samples.ts';

/**
 * What CloudWatch has, as rules look at it: an endpoint by its metrics, a job by its samples. These are means over a period, and over all
 * cores or all GPUs of a host: 0 to 100 percent, as far as their number is known. Of a training job only its training counts: no host does
 * much before and after it.
 */
export function monitoredRun(monitored: Monitored): Run {
  const { subject } = monitored;
  if (subject.kind === 'endpoint') {
    return { kind: 'endpoint', monitored: { ...monitored, damage: [...monitored.damage, ...silences(monitored)] } };
  }
  const { cores, gpus, damage } = devicesOf(monitored);
  const all = hostSeries(monitored, cores, gpus);
  const training = subject.phases.filter(({ status }) => status === 'Training');
  const series = training.length === 0 ? all : all.map((one) => within(one, training));
  return {
    kind: 'training',
    monitored,
    metrics: samplesOf(series),
    events: NO_EVENTS,
    profiles: [],
    damage: [...monitored.damage, ...damage, ...leftOut(all, series)],
    ended: isOver(monitored),
  };
}

/** As the profiler names them: rules and measures know these. */
const METRICS: Readonly<Partial<Record<MetricSeries['metric'], Metric>>> = {
  CPUUtilization: { type: 'cpu', dimension: 'CPUUtilization' },
  GPUUtilization: { type: 'gpu', dimension: 'GPUUtilization' },
  GPUMemoryUtilization: { type: 'gpu', dimension: 'GPUMemoryUtilization' },
  MemoryUtilization: { type: 'memory', dimension: '' },
  DiskUtilization: { type: 'disk', dimension: 'DiskUtilization' },
};

/** Averages by host, hosts in natural order; of several periods the one with the most data points. */
function hostSeries({ subject, series }: Monitored, cores: Devices, gpus: Devices): HostSeries[] {
  const best = new Map<string, MetricSeries>();
  for (const one of series) {
    if (one.statistic !== 'Average' || one.dimensions.Host === undefined) continue;
    const key = JSON.stringify([one.metric, one.dimensions.Host]);
    if (one.values.length > (best.get(key)?.values.length ?? 0)) best.set(key, one);
  }
  return [...best.values()]
    .flatMap(({ metric: name, dimensions, seconds, values }) => {
      const metric = METRICS[name];
      if (metric === undefined) return [];
      const host = (dimensions.Host as string).replace(`${subject.name}/`, '');
      const { device, shared } = deviceOf(metric, cores, gpus);
      return [{ host, metric, device, seconds, values: values.map((value) => Math.min(100, value / shared)) }];
    })
    .sort((a, b) => byNumber(a.host, b.host));
}

function deviceOf({ type }: Metric, cores: Devices, gpus: Devices): { device: string; shared: number } {
  if (type === 'cpu') return { device: 'cpu', shared: cores.count };
  if (type === 'gpu') return { device: gpus.isKnown && gpus.count === 1 ? 'gpu0' : 'GPUs', shared: gpus.count };
  return { device: type === 'memory' ? 'MemoryUsedPercent' : 'disk', shared: 1 };
}

function within(series: HostSeries, phases: readonly Phase[]): HostSeries {
  const isIn = (seconds: number) =>
    phases.some(({ startSeconds, endSeconds = Infinity }) => startSeconds <= seconds && seconds < endSeconds);
  const kept = Array.from(series.seconds.keys()).filter((i) => isIn(series.seconds[i] as number));
  const pick = (column: Float64Array) => Float64Array.from(kept, (i) => column[i] as number);
  return { ...series, seconds: pick(series.seconds), values: pick(series.values) };
}

function leftOut(all: readonly HostSeries[], kept: readonly HostSeries[]): Damage[] {
  const sizeOf = (series: readonly HostSeries[]) => series.reduce((sum, { values }) => sum + values.length, 0);
  const count = sizeOf(all) - sizeOf(kept);
  if (count === 0) return [];
  const detail = `${plural(count, 'sample')} outside of the phase Training ${count === 1 ? 'was' : 'were'} not judged by the rules.`;
  return [{ kind: 'left out', count, detail }];
}

function isOver({ subject: { status, phases } }: Monitored): boolean {
  if (status !== undefined) return /^(?:Completed|Failed|Stopped)$/.test(status);
  return phases.length > 0 && phases.every(({ endSeconds }) => endSeconds !== undefined);
}

const NO_EVENTS: FrameworkEvents = {
  files: [],
  count: 0,
  startMicros: new Float64Array(),
  durationMicros: new Float64Array(),
  name: new Uint32Array(),
  phase: new Uint32Array(),
  worker: new Uint32Array(),
  file: new Uint32Array(),
  step: new Int32Array(),
  pid: new Float64Array(),
  tid: new Float64Array(),
  names: [],
  phases: [],
  workers: [],
  steps: [],
  hasPid: () => false,
  details: new Map(),
  isRepeat: () => false,
};
