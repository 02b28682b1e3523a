import { allDevices, type DeviceSeries, deviceSeries, firstSorted } from '../measures/device-series.ts';
import { instanceCounts } from '../measures/instance-types.ts';
import type { JobFacts } from '../measures/job-facts.ts';
import { LastWindow, windowSpan } from '../measures/last-window.ts';
import { box } from '../measures/quantile.ts';
import type { Issue, Span } from '../model/issue.ts';
import type { LowGpu } from '../model/rule-report.ts';
import { count, list, percent, plural } from '../model/text.ts';
import { RAISE } from './batch-size.ts';
import { issueOver, NodeDetails, scannedRows } from './raw.ts';
import { COUNTED, gpuName, type Judgement, MANY, NO_GPU, PERCENT, type Rule, type RunContext, SOME, tooShort } from './rule.ts';

export const lowGpuUtilization: Rule<'LowGPUUtilization'> = {
  name: 'LowGPUUtilization',
  title: 'Low GPU utilization',
  judges: 'training',
  sectionId: 'gpu-utilization',
  defaults: { threshold_p95: '70', threshold_p5: '10', window: '500', patience: '1000' },
  perMinute: {
    defaults: { window: '20', patience: '20' },
    checks: (p) =>
      `In the last ${plural(p('window'), 'minute')}, does the 95th percentile of the mean utilization of a host's GPUs stay below ${p('threshold_p95')} % (underused), or does it exceed that while the 5th percentile falls below ${p('threshold_p5')} % (fluctuating)?`,
  },
  ranges: { threshold_p95: PERCENT, threshold_p5: PERCENT, window: SOME, patience: MANY },
  needs: COUNTED,
  checks: (p) =>
    `In the last ${p('window')} samples, does the 95th percentile of a GPU's utilization stay below ${p('threshold_p95')} % (underused), or does it exceed that while the 5th percentile falls below ${p('threshold_p5')} % (fluctuating)?`,
  run(run, context) {
    const { parameter: p, scans } = context;
    const gpus = allDevices(deviceSeries(scannedRows(run, context), 'GPUUtilization')).map((series) => ({
      series,
      last: new LastWindow(series.values, p('window')),
      hits: [] as Hit[],
    }));
    const details = new NodeDetails();
    let [triggered, datapoints] = [0, 0];
    for (const [scan, { startMicros }] of scans.entries()) {
      for (const { series, last, hits } of gpus) {
        const samples = series.counts[scan] as number;
        if (samples > 0) datapoints = context.mode === 'fixed' ? Math.max(datapoints, samples) : samples;
        if (samples <= p('patience')) continue;
        const [high, low] = [last.quantile(samples, 0.95), last.quantile(samples, 0.05)];
        if (!(high < p('threshold_p95') || (high > p('threshold_p95') && low < p('threshold_p5')))) continue;
        // A window of minutes may hold the whole start of a job: idle before the first work, and busy ever after.
        if (run.monitored && high > p('threshold_p95') && !falls(series, samples, context)) continue;
        triggered++;
        const told = context.mode === 'fixed' ? series.values.length : samples;
        details.set(series.node, series.device, () => valuesOf(series, told, high, low));
        details.hitAt(startMicros);
        hits.push({ ...windowSpan(series, samples, p('window')), high, low });
      }
    }
    const issues = context.mode === 'compat' ? [] : gpus.flatMap(({ series, hits }) => issueOf(series, hits, context));
    const short = gpus.map(({ series }) => series).filter(({ values }) => values.length <= p('patience'));
    return { triggered, violations: triggered, datapoints, details: details.whole(), issues, short };
  },
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    if (report.triggered === 0) {
      const ok: Judgement = {
        verdict: 'ok',
        reason: 'GPUs were kept busy',
        finding: 'No evaluation found a GPU underused or fluctuating.',
      };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, byGpu]) =>
      [...byGpu].map(([gpu, values]) => ({ name: gpuName(node, gpu, facts), values, kind: kindOf(values, p('threshold_p95')) })),
    );
    const kinds = KINDS.map((kind) => ({ kind, some: gpus.filter((gpu) => gpu.kind === kind) })).filter(
      ({ some }) => some.length > 0,
    );
    const [worst] = kinds;
    if (worst === undefined) {
      const finding = `${plural(report.triggered, 'evaluation')} triggered; the file tells no more.`;
      return { verdict: 'issue', reason: 'triggered', finding, weight: 0.25 };
    }
    return {
      verdict: 'issue',
      reason: kinds.map(({ kind }) => WORDS[kind].reason).join(', '),
      finding: `${kinds.map(({ kind, some }) => `${named(some)} ${WORDS[kind].finding(some.map(({ values }) => values))}`).join('; ')}.`,
      action: facts.gpusNeverUsed
        ? 'Move the model and its batches to a GPU, or rent an instance without one: no GPU was ever used.'
        : (oneOfMany(gpus, facts) ?? ofTransform(worst.kind, facts) ?? WORDS[worst.kind].action(named(worst.some))),
      // Low utilization is a symptom: a bottleneck that explains it comes first.
      weight: worst.kind === 'unused' ? 1 : 0.5 * meanIdle(gpus.map(({ values }) => values)),
    };
  },
};

/** Whether, in the window that ends with so many samples, a GPU that was busy fell idle and was busy again. */
function falls({ values }: DeviceSeries, samples: number, { parameter: p }: RunContext): boolean {
  const window = values.subarray(Math.max(0, samples - p('window')), samples);
  const first = window.findIndex((value) => value > p('threshold_p95'));
  const last = window.findLastIndex((value) => value > p('threshold_p95'));
  return window.some((value, i) => first < i && i < last && value < p('threshold_p5'));
}

/** A window that was low or swung, with its p95 and p5. */
interface Hit extends Span {
  readonly high: number;
  readonly low: number;
}

/** What goes into the file: `high` and `low` of the last window, the others of all samples: to the service, those so far. */
function valuesOf(series: DeviceSeries, samples: number, high: number, low: number) {
  const all = firstSorted(series, samples);
  return { gpu_max: all.at(-1), gpu_95: high, gpu_5: low, ...box(all) };
}

function issueOf({ node, device }: DeviceSeries, hits: readonly Hit[], { parameter: p }: RunContext): Issue[] {
  const last = hits.at(-1);
  if (last === undefined) return [];
  const swung = hits.filter(({ high }) => high > p('threshold_p95')).length;
  const low = hits.length - swung;
  const evidence = [
    ...(low > 0 ? [`p95 below ${percent(p('threshold_p95'))} in ${plural(low, 'evaluation')}`] : []),
    ...(swung > 0 ? [`p5 below ${percent(p('threshold_p5'))} under a high p95 in ${plural(swung, 'evaluation')}`] : []),
  ].join(', ');
  const limits = `in the last window p95 was ${percent(last.high)} and p5 ${percent(last.low)}`;
  return [issueOver({ node, device, evidence: `Over windows of ${count(p('window'))} samples ${evidence}; ${limits}.` }, hits)];
}

/** The gravest first. */
const KINDS = ['unused', 'low', 'fluctuating'] as const;

interface Words {
  readonly reason: string;
  /** Goes on from the names of the GPUs. */
  readonly finding: (gpus: readonly LowGpu[]) => string;
  readonly action: (names: string) => string;
}

const WORDS: Readonly<Record<(typeof KINDS)[number], Words>> = {
  unused: {
    reason: 'unused GPUs',
    finding: (gpus) => (gpus.every(({ gpu_max }) => gpu_max === 0) ? 'did no work at all' : 'did almost no work'),
    action: (names) => `Give ${names} work or rent fewer GPUs: you pay for devices that stand idle.`,
  },
  low: {
    reason: 'underused',
    finding: (gpus) => `stayed low (p95 ${range(gpus.map(({ gpu_95 }) => gpu_95))} in the last window)`,
    action: () => 'Feed the GPUs faster or choose smaller ones: start with the input pipeline and the batch size.',
  },
  fluctuating: {
    reason: 'fluctuating',
    finding: (gpus) =>
      `swung between idle and busy (p5 ${range(gpus.map(({ gpu_5 }) => gpu_5))}, p95 ${range(gpus.map(({ gpu_95 }) => gpu_95))})`,
    action: () => 'Remove the stalls between bursts of GPU work: overlap data loading and host work with computation.',
  },
};

function named(gpus: readonly { readonly name: string }[]): string {
  return list(gpus.map(({ name }) => name));
}

/** Where samples are means over the GPUs of a host, and none is higher than one GPU alone would make it. */
function oneOfMany(gpus: readonly { readonly values: LowGpu }[], { analysis }: JobFacts): string | undefined {
  const { gpus: ofHost = 1 } = instanceCounts(analysis?.run.monitored?.subject.instanceType);
  const alone = 100 / ofHost;
  if (ofHost === 1 || gpus.some(({ values }) => values.gpu_95 > 1.1 * alone)) return undefined;
  return `See first whether all ${ofHost} GPUs of a host are used: one that is busy alone makes a mean of ${percent(alone)}.`;
}

/** A batch transform has no input pipeline of the user's, and no batches that a script makes. */
function ofTransform(kind: (typeof KINDS)[number], { analysis }: JobFacts): string | undefined {
  if (analysis?.run.monitored?.subject.kind !== 'transform job' || kind === 'unused') return undefined;
  return kind === 'low'
    ? `${RAISE['transform job']}, or choose a smaller GPU.`
    : `${RAISE['transform job']}: the GPU waits between requests.`;
}

/** Which of the rule's two conditions the last window of a GPU met; `unused` where 95 % of the job's samples are below 1 %. */
function kindOf(gpu: LowGpu, threshold: number): (typeof KINDS)[number] {
  if (gpu.p95 < 1 && gpu.gpu_95 < 1) return 'unused';
  return gpu.gpu_95 < threshold ? 'low' : 'fluctuating';
}

function meanIdle(gpus: readonly LowGpu[]): number {
  return gpus.reduce((sum, gpu) => sum + (100 - gpu.p75) / 100, 0) / gpus.length;
}

/** `35 %` or `35 to 87 %`. */
function range(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return percent(low) === percent(high) ? percent(low) : `${percent(low).replace(' %', '')} to ${percent(high)}`;
}
