import { type DeviceSeries, deviceSeries, firstSorted } from '../measures/device-series.ts';
import type { JobFacts } from '../measures/job-facts.ts';
import { LastWindow, windowSpan } from '../measures/last-window.ts';
import { type NodeSums, nodeSums } from '../measures/node-sums.ts';
import { box, quantile, quantileOfAny, sorted } from '../measures/quantile.ts';
import type { Scanned } from '../measures/scanned.ts';
import type { Issue, Span } from '../model/issue.ts';
import type { SubjectKind } from '../model/monitored.ts';
import { list, percent, plural } from '../model/text.ts';
import { issueOver, NodeDetails, scannedRows } from './raw.ts';
import { COUNTED, gpuName, type Judgement, MANY, NO_GPU, notJudged, PERCENT, type Rule, SOME, tooShort } from './rule.ts';
import type { Scan } from './scans.ts';

export const batchSize: Rule<'BatchSize'> = {
  name: 'BatchSize',
  title: 'Batch size',
  judges: 'training',
  sectionId: 'batch-size',
  defaults: {
    cpu_threshold_p95: '70',
    gpu_threshold_p95: '70',
    gpu_memory_threshold_p95: '70',
    patience: '1000',
    window: '500',
  },
  perMinute: {
    defaults: { window: '20', patience: '20' },
    checks: (p) =>
      `In the last ${plural(p('window'), 'minute')}, are the 95th percentiles of a host's mean CPU (below ${p('cpu_threshold_p95')} %), GPU (below ${p('gpu_threshold_p95')} %) and GPU memory utilization (below ${p('gpu_memory_threshold_p95')} %) all low, so that a larger batch would fit?`,
  },
  ranges: {
    cpu_threshold_p95: PERCENT,
    gpu_threshold_p95: PERCENT,
    gpu_memory_threshold_p95: PERCENT,
    patience: MANY,
    window: SOME,
  },
  needs: COUNTED,
  checks: (p) =>
    `In the last ${p('window')} samples, are the 95th percentiles of CPU (below ${p('cpu_threshold_p95')} %), GPU (below ${p('gpu_threshold_p95')} %) and GPU memory (below ${p('gpu_memory_threshold_p95')} %) all low, so that a larger batch would fit?`,
  run(run, context) {
    const { mode, parameter: p, scans } = context;
    const rows = scannedRows(run, context);
    const window = p('window');
    const { nodes, namesSoFar } = nodeSums(rows, 'CPUUtilization');
    // The service divides by the cores of all nodes seen so far, told apart by name only (Q14).
    const cpus = [...nodes].map(([node, cpu]) => ({
      node,
      ...cpu,
      values: mode === 'compat' ? perCoreSoFar(cpu, namesSoFar) : cpu.values.map((sum) => sum / cpu.names),
    }));
    const gpus = gpusOf(rows, window);
    const details = new NodeDetails();
    let [triggered, datapoints] = [0, 0];
    for (const [scan, { startMicros }] of scans.entries()) {
      for (const { node, counts, values } of cpus) {
        const samples = counts[scan] as number;
        if (samples > 0) datapoints = mode === 'fixed' ? Math.max(datapoints, samples) : samples;
        if (samples <= Math.max(window, p('patience'))) continue;
        const cpuHigh = quantileOfAny(values.slice(samples - window, samples), 0.95);
        if (!(cpuHigh < p('cpu_threshold_p95'))) continue;
        for (const { used, memory, lastUsed, lastMemory, hits } of gpus.get(node) ?? []) {
          const [count, memoryCount] = [used.counts[scan] as number, memory.counts[scan] as number];
          const gpuHigh = lastUsed.quantile(count, 0.95);
          if (count <= window || !(gpuHigh < p('gpu_threshold_p95'))) continue;
          const memoryHigh = lastMemory.quantile(memoryCount, 0.95);
          if (!(memoryHigh < p('gpu_memory_threshold_p95'))) continue;
          triggered++;
          // Of the job; to the service, of the samples so far.
          const told = (soFar: number) => (mode === 'fixed' ? Number.POSITIVE_INFINITY : soFar);
          details.set(node, 'cpu', () => box(sorted(values.subarray(0, told(samples)))));
          details.set(node, used.device, () => box(firstSorted(used, told(count))));
          details.set(node, `${used.device}_memory`, () => {
            const ordered = firstSorted(memory, told(memoryCount));
            if (mode === 'fixed') return box(ordered);
            // The service takes the spread of the whiskers from the quartiles of two metrics (Q5).
            return box(ordered, quantile(ordered, 0.75) - quantile(firstSorted(used, count), 0.25));
          });
          details.hitAt(mode === 'fixed' ? startMicros : (scans[0] as Scan).startMicros);
          hits.push({ ...windowSpan(used, count, window), cpu: cpuHigh, gpu: gpuHigh, memory: memoryHigh });
        }
      }
    }
    const issues = mode === 'compat' ? [] : [...gpus.values()].flat().flatMap((gpu) => issueOf(gpu, window));
    const short = [...gpus.values()]
      .flatMap((ofNode) => ofNode.map(({ used }) => used))
      .filter((used) => used.values.length <= p('patience'));
    return { triggered, violations: triggered, datapoints, details: details.whole(), issues, short };
  },
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    const missing = missingOf(facts);
    if (missing.length > 0) return notJudged('GPU metrics missing', `CloudWatch has no ${list(missing)} of its hosts.`);
    if (report.triggered === 0) {
      const ok: Judgement = {
        verdict: 'ok',
        reason: 'resources were in use',
        finding: 'CPU, GPU and GPU memory were never all low at once.',
      };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, boxes]) =>
      [...boxes.keys()]
        .filter((key) => key !== 'cpu' && !key.endsWith('_memory'))
        .map((gpu) => ({ name: gpuName(node, gpu, facts), memory: boxes.get(`${gpu}_memory`)?.p95 ?? 0 })),
    );
    if (gpus.length === 0) {
      return {
        verdict: 'issue',
        reason: 'room for a larger batch',
        finding: `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`,
        weight: 0.4,
      };
    }
    const memory = gpus.reduce((max, gpu) => Math.max(max, gpu.memory), 0);
    return {
      verdict: 'issue',
      reason: 'room for a larger batch',
      finding: `CPU, GPU and GPU memory all had room at once on ${list(gpus.map(({ name }) => name))} when the rule triggered: GPU memory used at most ${percent(memory)} (p95 of the whole job).`,
      action:
        memory === 0
          ? 'Check that the model runs on the GPU at all; then raise the batch size, or choose a smaller instance.'
          : `${RAISE[facts.analysis?.run.monitored?.subject.kind ?? 'training job']}, or choose a smaller instance.`,
      weight: 0.4,
    };
  },
};

/** What CloudWatch has nothing of; with the profiler's samples, GPUs without any are told by their count. */
function missingOf({ analysis }: JobFacts): string[] {
  const { monitored, metrics } = analysis?.run ?? {};
  const wanted = monitored ? ['GPUUtilization', 'GPUMemoryUtilization'] : [];
  return wanted.filter((name) => metrics?.metrics.every(({ dimension }) => dimension !== name));
}

/** How more work goes to a GPU at once; CreateTransformJob has the names. */
export const RAISE: Readonly<Record<SubjectKind, string>> = {
  'training job': 'Raise the batch size (and the learning rate with it)',
  'transform job':
    'Put more records into a request (BatchStrategy, MaxPayloadInMB), or send more at once (MaxConcurrentTransforms)',
  'processing job': 'Process more records at once',
  endpoint: 'Send more requests at once',
};

/** A GPU with its memory, their last windows, and those windows that had room. */
interface Gpu {
  readonly used: DeviceSeries;
  readonly memory: DeviceSeries;
  readonly lastUsed: LastWindow;
  readonly lastMemory: LastWindow;
  readonly hits: Hit[];
}

/** The three p95 of a window. */
interface Hit extends Span {
  readonly cpu: number;
  readonly gpu: number;
  readonly memory: number;
}

function gpusOf(rows: Scanned, window: number): Map<string, Gpu[]> {
  const memories = deviceSeries(rows, 'GPUMemoryUtilization');
  const gpus = [...deviceSeries(rows, 'GPUUtilization')].map(([node, byGpu]) => {
    const ofNode = [...byGpu.values()].flatMap((used): Gpu[] => {
      const memory = memories.get(node)?.get(used.device);
      if (memory === undefined) return [];
      const [lastUsed, lastMemory] = [new LastWindow(used.values, window), new LastWindow(memory.values, window)];
      return [{ used, memory, lastUsed, lastMemory, hits: [] }];
    });
    return [node, ofNode] as const;
  });
  return new Map(gpus);
}

function issueOf({ used: { node, device }, hits }: Gpu, window: number): Issue[] {
  const last = hits.at(-1);
  if (last === undefined) return [];
  const room = `p95 of CPU ${percent(last.cpu)}, GPU ${percent(last.gpu)} and GPU memory ${percent(last.memory)}`;
  const evidence = `${plural(hits.length, 'evaluation')} found room; in the last one, over ${plural(window, 'sample')}: ${room}.`;
  return [issueOver({ node, device, evidence }, hits)];
}

/** Each sum divided by the cores that were known at the end of its scan. */
function perCoreSoFar({ values, counts }: NodeSums, namesSoFar: Uint32Array): Float64Array {
  let scan = 0;
  return values.map((sum, i) => {
    while (i >= (counts[scan] as number)) scan++;
    return sum / (namesSoFar[scan] as number);
  });
}
