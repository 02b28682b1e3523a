import { allDevices, type DeviceSeries, deviceSeries, firstSorted } from '../measures/device-series.ts';
import { mean } from '../measures/moments.ts';
import { box, quantile } from '../measures/quantile.ts';
import type { Issue } from '../model/issue.ts';
import { list, number, percent, plural } from '../model/text.ts';
import { issueOver, NodeDetails, scannedRows } from './raw.ts';
import {
  COUNTED,
  gpuName,
  type Judgement,
  MANY,
  type Mode,
  NO_GPU,
  type Parameters,
  PERCENT,
  type Rule,
  SOME,
  tooShort,
} from './rule.ts';
import type { Scan } from './scans.ts';

export const gpuMemoryIncrease: Rule<'GPUMemoryIncrease'> = {
  name: 'GPUMemoryIncrease',
  title: 'GPU memory increase',
  judges: 'training',
  sectionId: 'gpu-memory',
  defaults: { increase: '5', patience: '1000', window: '10' },
  perMinute: {
    defaults: { window: '5', patience: '20' },
    checks: (p) =>
      `Does the mean GPU memory utilization of ${plural(p('window'), 'minute')} exceed that of the minutes before by more than ${number(p('increase'))} percentage points?`,
  },
  ranges: { increase: PERCENT, patience: MANY, window: SOME },
  needs: COUNTED,
  checks: (p) =>
    `Does the mean GPU memory utilization of ${p('window')} samples exceed that of the samples before by more than ${number(p('increase'))} percentage points?`,
  run(run, context) {
    const { mode, parameter: p, scans } = context;
    const gpus = allDevices(deviceSeries(scannedRows(run, context), 'GPUMemoryUtilization'));
    const risen = gpus
      .map((gpu) => ({ gpu, rises: risesOf(gpu, p, mode) }))
      .filter(({ rises }) => rises.length > 0)
      .sort((a, b) => arrival(a.gpu, a.rises[0]?.at ?? 0) - arrival(b.gpu, b.rises[0]?.at ?? 0));
    const details = new NodeDetails();
    const lastScan = risen.reduce((latest, { rises }) => Math.max(latest, rises.at(-1)?.scan ?? 0), 0);
    for (const { gpu, rises } of risen) {
      details.set(gpu.node, gpu.device, () => valuesOf(gpu, rises.at(-1) as Rise, mode));
      details.hitAt((scans[lastScan] as Scan).startMicros);
    }
    const triggered = risen.reduce((sum, { rises }) => sum + rises.length, 0);
    return {
      triggered,
      violations: triggered,
      datapoints:
        mode === 'compat' ? samplesOfLastSeen(gpus) : gpus.reduce((most, { values }) => Math.max(most, values.length), 0),
      details: details.whole(),
      issues: mode === 'compat' ? [] : risen.map(({ gpu, rises }) => issueOf(gpu, rises, p('window'))),
      short: gpus.filter(({ values }) => values.length <= p('patience')),
    };
  },
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    if (report.triggered === 0) {
      const ok: Judgement = { verdict: 'ok', reason: 'no sudden rise', finding: 'GPU memory utilization never rose suddenly.' };
      return tooShort(report.datapoints, p('patience'), facts) ?? ok;
    }
    const gpus = [...report.details.nodes].flatMap(([node, byGpu]) =>
      [...byGpu].map(([gpu, values]) => ({ name: gpuName(node, gpu, facts), ...values })),
    );
    const worst = gpus.toSorted((a, b) => b.increase - a.increase)[0];
    const peak = gpus.reduce((max, { gpu_max }) => Math.max(max, gpu_max), 0);
    return {
      verdict: 'issue',
      reason: 'sudden rises',
      finding: worst
        ? `${plural(report.triggered, 'sample')} ended a sudden rise on ${list(gpus.map(({ name }) => name))}; ${gpus.length > 1 ? `the largest of the last ones was ${number(worst.increase, 1)} points, on ${worst.name}` : `the last one was ${number(worst.increase, 1)} points`}, the highest value ${percent(peak)}.`
        : `${plural(report.triggered, 'sample')} ended a sudden rise; the file tells no more.`,
      action:
        'Look at what starts when GPU memory rises: evaluation, checkpoints, variable-length batches; a steady climb means that tensors are kept across steps.',
      weight: 0.25,
    };
  },
};

/** A sample that ended a rise. */
interface Rise {
  /** Index into the values of the GPU. */
  readonly at: number;
  readonly scan: number;
  /** Percentage points. */
  readonly increase: number;
}

/** The service sets the last window of 10 against the 9 samples from the 11th to the 3rd last (Q6), `fixed` against the window before. */
function risesOf({ values, counts }: DeviceSeries, p: Parameters, mode: Mode): Rise[] {
  const window = Math.trunc(p('window'));
  const [from, to, least] = mode === 'compat' ? [window + 1, 2, window + 2] : [2 * window, window, 2 * window];
  const rises: Rise[] = [];
  let scan = 0;
  for (let count = Math.max(least, Math.floor(p('patience')) + 1); count <= values.length; count++) {
    const increase = mean(values, count - window, count) - mean(values, count - from, count - to);
    if (!(increase > p('increase'))) continue;
    while ((counts[scan] as number) < count) scan++;
    rises.push({ at: count - 1, scan, increase });
  }
  return rises;
}

/** Rises with the order in which the service saw the samples. */
function arrival({ rows, counts }: DeviceSeries, at: number): number {
  return counts.findIndex((count) => count > at) * 2 ** 32 + (rows[at] as number);
}

/** The service counts the samples of whichever GPU comes next: those of the last row's GPU stay. */
function samplesOfLastSeen(gpus: readonly DeviceSeries[]): number {
  const last = (gpu: DeviceSeries) => arrival(gpu, gpu.values.length - 1);
  return gpus.toSorted((a, b) => last(b) - last(a))[0]?.values.length ?? 0;
}

/** Of the job; to the service, of the samples up to the rise. */
function valuesOf(gpu: DeviceSeries, { at, increase }: Rise, mode: Mode) {
  const all = firstSorted(gpu, mode === 'compat' ? at + 1 : gpu.values.length);
  return { increase, gpu_max: all.at(-1), p05: quantile(all, 0.05), ...box(all) };
}

function issueOf({ node, device, seconds }: DeviceSeries, rises: readonly Rise[], window: number): Issue {
  const largest = rises.reduce((most, { increase }) => Math.max(most, increase), 0);
  const evidence = `The mean rose by up to ${number(largest, 1)} percentage points from one window to the next; ${plural(rises.length, 'sample')} ended such a rise.`;
  const spans = rises.map(({ at }) => ({
    startSeconds: seconds[Math.max(0, at + 1 - window)] as number,
    endSeconds: seconds[at] as number,
  }));
  return issueOver({ node, device, evidence }, spans);
}
