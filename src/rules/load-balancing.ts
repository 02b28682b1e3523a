import { allDevices, type DeviceSeries, deviceSeries } from '../measures/device-series.ts';
import { type UnequalPair, UnequalPairs } from '../measures/unequal-pairs.ts';
import { WORKLOAD_EDGES, workloadOf, workloadPairs, workloads } from '../measures/workloads.ts';
import type { Issue } from '../model/issue.ts';
import { count, number, percent, plural } from '../model/text.ts';
import { issueOver, scannedRows } from './raw.ts';
import { gpuName, MANY, type Mode, NO_GPU, notJudged, type Rule, tooShort } from './rule.ts';

export const loadBalancing: Rule<'LoadBalancing'> = {
  name: 'LoadBalancing',
  title: 'Load balancing',
  judges: 'training',
  sectionId: 'workload-balance',
  defaults: { threshold: '0.2', patience: '1000' },
  ranges: { threshold: [0, 1], patience: MANY },
  needs: ['datapoints', 'details'],
  checks: (p) =>
    `Is the Jensen-Shannon distance between the utilization histograms of two GPUs above ${number(p('threshold'))} (0 is equal, 0.83 the most)? Compared are GPUs of one node, and GPUs of the same name on different nodes.`,
  run(run, context) {
    const { mode, parameter: p, scans } = context;
    const gpus = allDevices(deviceSeries(scannedRows(run, context), 'GPUUtilization')).map((series) => ({
      series,
      node: series.node,
      gpu: series.device,
      counts: new Array<number>(WORKLOAD_EDGES.length - 1).fill(0),
      counted: 0,
    }));
    const pairs = new UnequalPairs<Counted>(p('threshold'));
    let triggered = 0;
    for (const [scan, { startMicros, endMicros }] of scans.entries()) {
      for (const gpu of gpus) countUpTo(gpu, gpu.series.counts[scan] as number);
      // The service's rule compares no two GPUs (Q7).
      const judged = mode === 'compat' ? [] : gpus.filter(({ counted }) => counted > p('patience'));
      triggered += pairs.look(judged, { startSeconds: startMicros / 1e6, endSeconds: endMicros / 1e6 });
    }
    // All samples so far decide: a pair that was unequal for a while only is none.
    const last = pairs.last();
    return {
      triggered,
      violations: triggered,
      datapoints: gpus.toSorted((a, b) => byLastSample(a.series, b.series)).at(-1)?.counted ?? 0,
      details: detailsOf(gpus, last, mode),
      issues: last.map((pair) => issueOf(pair, p('threshold'))),
    };
  },
  // The service's rule compares only the last GPU with itself and can never fire (Q7): judged anew from the histograms.
  judge(report, facts, p) {
    if (!facts.mayHaveGpus) return NO_GPU;
    const all = workloads(report, facts.reports);
    const judged = all.filter(({ samples }) => samples > p('patience'));
    const longest = all.reduce((max, { samples }) => Math.max(max, samples), report.datapoints);
    const short = judged.length === 0 ? tooShort(longest, p('patience'), facts) : undefined;
    if (short) return short;
    const pairs = workloadPairs(judged);
    const [worst] = pairs;
    if (all.length === 0) return notJudged('no histogram', 'The file holds no histogram of any GPU.');
    if (all.length === 1) return notJudged('single GPU', 'With one GPU there is nothing to balance.');
    const [alone] = judged;
    if (alone && judged.length === 1) {
      const name = gpuName(alone.node, alone.gpu, facts);
      return notJudged(
        'too short',
        `Only ${name} has more than ${count(p('patience'))} samples: there is nothing to compare it with.`,
      );
    }
    if (worst === undefined) return notJudged('nothing to compare', 'No two histograms can be compared.');
    const unequal = pairs.filter(({ distance }) => distance > p('threshold'));
    const names = [worst.a, worst.b]
      .sort((x, y) => y.mean - x.mean)
      .map((gpu) => `${gpuName(gpu.node, gpu.gpu, facts)} (mean ${percent(gpu.mean, 0)})`);
    const most = `the most unequal are ${names.join(' and ')}, at a distance of ${number(worst.distance)}`;
    if (unequal.length === 0) {
      return {
        verdict: 'ok',
        reason: `largest distance ${number(worst.distance)}`,
        finding: `${pairs.length === 1 ? 'Both GPUs' : `All ${count(pairs.length)} pairs of GPUs`} did similar work; ${most}.`,
      };
    }
    return {
      verdict: 'issue',
      reason: `${plural(unequal.length, 'unequal pair')}`,
      finding: `${count(unequal.length)} of ${plural(pairs.length, 'pair')} of GPUs did unequal work; ${most}.`,
      action:
        'Spread the work evenly: one process per GPU with distributed data parallel, shards of equal size, nothing gathered on the first GPU.',
      weight: Math.min(1, 0.35 + worst.distance),
    };
  },
};

/** Utilization of one GPU, counted in bins of 2 %. */
interface Counted {
  readonly series: DeviceSeries;
  readonly node: string;
  readonly gpu: string;
  readonly counts: number[];
  /** Samples that are in the counts. */
  counted: number;
}

function countUpTo(gpu: Counted, samples: number): void {
  for (; gpu.counted < samples; gpu.counted++) {
    const value = gpu.series.values[gpu.counted] as number;
    // The service's last bin reaches from 96 to 98 %, both included.
    const bin = value === 98 ? 48 : Math.min(49, Math.max(0, Math.floor(value / 2)));
    gpu.counts[bin] = (gpu.counts[bin] as number) + 1;
  }
}

/** `workloads` has 49 bins in both modes. In `fixed` mode the last one reaches to 100 %, and `above_98` says how much of it lies there. */
function detailsOf(gpus: readonly Counted[], unequal: readonly UnequalPair<Counted>[], mode: Mode) {
  const nodes = [...Map.groupBy(gpus, ({ series }) => series.node)].map(([node, ofNode]) => {
    const above = (counts: readonly number[]) => (mode === 'compat' ? 0 : (counts[49] as number));
    const listed = ofNode.map(({ series, counts }): [string, number[]] => [
      series.device,
      [...counts.slice(0, 48), (counts[48] as number) + above(counts)],
    ]);
    const distances = Map.groupBy(
      unequal.filter(({ a }) => a.node === node),
      ({ a }) => a.gpu,
    );
    return [
      node,
      {
        workloads: new Map(listed),
        ...(distances.size > 0
          ? {
              distances: new Map(
                [...distances].map(([gpu, pairs]) => [gpu, new Map(pairs.map((pair) => [otherName(pair), pair.distance]))]),
              ),
            }
          : {}),
        ...(mode === 'fixed' ? { above_98: new Map(ofNode.map(({ series, counts }) => [series.device, above(counts)])) } : {}),
      },
    ];
  });
  return Object.fromEntries(nodes);
}

function otherName({ a, b }: UnequalPair<Counted>): string {
  return a.node === b.node ? b.gpu : `${b.node} ${b.gpu}`;
}

function issueOf({ a, b, distance, spans }: UnequalPair<Counted>, threshold: number): Issue {
  const [meanOfA, meanOfB] = [a, b].map(({ node, gpu, counts }) => percent(workloadOf(node, gpu, counts).mean));
  const evidence = `Jensen-Shannon distance ${number(distance)}, limit ${number(threshold)}; mean utilization ${meanOfA} and ${meanOfB}.`;
  return a.node === b.node
    ? issueOver({ node: a.node, device: `${a.gpu} and ${b.gpu}`, evidence }, spans)
    : issueOver({ device: `${a.node} ${a.gpu} and ${b.node} ${b.gpu}`, evidence }, spans);
}

/** The service tells the data points of the GPU whose sample it saw last: by scan, then by row. */
function byLastSample(a: DeviceSeries, b: DeviceSeries): number {
  const scan = ({ counts, values }: DeviceSeries) => counts.indexOf(values.length);
  return scan(a) - scan(b) || (a.rows.at(-1) ?? 0) - (b.rows.at(-1) ?? 0);
}
