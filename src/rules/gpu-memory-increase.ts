import { mean } from '../measures/moments.ts';
import { box, quantile, sorted } from '../measures/quantile.ts';
import { eachRow } from '../measures/scanned.ts';
import type { Issue, Span } from '../model/issue.ts';
import { list, number, percent, plural } from '../model/text.ts';
import { issueOver, NodeDetails, scannedRows } from './raw.ts';
import { COUNTED, gpuName, type Judgement, MANY, NO_GPU, PERCENT, type Rule, SOME, tooShort } from './rule.ts';
import type { Scan } from './scans.ts';

export const gpuMemoryIncrease: Rule<'GPUMemoryIncrease'> = {
  name: 'GPUMemoryIncrease',
  title: 'GPU memory increase',
  sectionId: 'gpu-memory',
  defaults: { increase: '5', patience: '1000', window: '10' },
  ranges: { increase: PERCENT, patience: MANY, window: SOME },
  needs: COUNTED,
  checks: (p) =>
    `Does the mean GPU memory utilization of ${p('window')} samples exceed that of the samples before by more than ${number(p('increase'))} percentage points?`,
  run(run, context) {
    const { mode, parameter: p, scans } = context;
    const { nodes, node, names, seconds } = run.metrics;
    const window = Math.trunc(p('window'));
    // The service sets the last window against one sample less, and skips two between them (Q6): 10 against 9, from the 11th to the 3rd last.
    const [first, last] = mode === 'compat' ? [window + 1, 2] : [2 * window, window];
    const least = Math.max(p('patience') + 1, mode === 'compat' ? window + 2 : 2 * window);
    const gpus = new Map<number, Gpu>();
    const details = new NodeDetails();
    let [triggered, datapoints, scan] = [0, 0, 0];
    const onRow = (row: number, batch: number) => {
      const key = (node[batch] as number) * names.length + run.metrics.nameOf(row);
      let gpu = gpus.get(key);
      if (gpu === undefined) {
        const [ofNode, device] = [nodes[node[batch] as number] as string, names[run.metrics.nameOf(row)] as string];
        gpu = { node: ofNode, device, seconds: [], values: [], rises: [], largest: 0 };
        gpus.set(key, gpu);
      }
      const { values } = gpu;
      gpu.seconds.push(seconds[batch] as number);
      const count = values.push(run.metrics.valueOf(row));
      datapoints = count;
      if (count < least) return;
      const increase = mean(values, count - window) - mean(values, count - first, count - last);
      if (!(increase > p('increase'))) return;
      triggered++;
      details.set(gpu.node, gpu.device, () => valuesOf(values.slice(0, count), increase));
      details.hitAt((scans[scan] as Scan).startMicros);
      gpu.rises.push({ startSeconds: gpu.seconds[count - window] as number, endSeconds: seconds[batch] as number });
      gpu.largest = Math.max(gpu.largest, increase);
    };
    eachRow(scannedRows(run, context), 'GPUMemoryUtilization', onRow, (ended) => {
      scan = ended + 1;
    });
    const issues = mode === 'compat' ? [] : [...gpus.values()].flatMap(issueOf);
    return { triggered, violations: triggered, datapoints, details: details.whole(), issues };
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

/** One GPU: its samples so far, and the windows that ended a rise. */
interface Gpu {
  readonly node: string;
  readonly device: string;
  readonly seconds: number[];
  readonly values: number[];
  readonly rises: Span[];
  largest: number;
}

function valuesOf(values: readonly number[], increase: number) {
  const all = sorted(values);
  return { increase, gpu_max: all.at(-1), p05: quantile(all, 0.05), ...box(all) };
}

function issueOf({ node, device, rises, largest }: Gpu): Issue[] {
  if (rises.length === 0) return [];
  const evidence = `The mean rose by up to ${number(largest, 1)} percentage points from one window to the next; ${plural(rises.length, 'sample')} ended such a rise.`;
  return [issueOver({ node, device, evidence }, rises)];
}
