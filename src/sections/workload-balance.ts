import {
  MAX_COMPARED,
  WORKLOAD_EDGES,
  type Workload,
  type WorkloadPair,
  workloadPairs,
  workloads,
} from '../measures/workloads.ts';
import { byNumber, count, number, percent, plural } from '../model/text.ts';
import { chart, column, info, MAX_CHART_ROWS, panels, type SectionMaker, table } from './section.ts';

/** Up to this many GPUs get a histogram each; more become rows of one grid. */
const MAX_HISTOGRAMS = 4;
/** Largest possible Jensen-Shannon distance, natural logarithm. */
const MAX_DISTANCE = Math.sqrt(Math.LN2);

/** How much work each GPU did, and how far apart any two are. */
export const workloadBalance: SectionMaker = ({ reports, job, analysis }) => {
  const report = reports.LoadBalancing;
  const section = { id: 'workload-balance', title: 'Workload balance', rule: 'LoadBalancing' } as const;
  const all = report ? workloads(report, reports) : [];
  if (all.length === 0) return { ...section, blocks: [] };
  const name = ({ node, gpu }: Workload) => (job.nodes.length > 1 ? `${node} ${gpu}` : gpu);
  const pairs = workloadPairs(all);
  return {
    ...section,
    blocks: [
      chart(all.length <= MAX_HISTOGRAMS ? histograms(all, name) : grid(byDistance(all, pairs), name)),
      ...(all.length > MAX_CHART_ROWS
        ? [
            info(
              `The chart shows the first ${MAX_CHART_ROWS} of ${count(all.length)} GPUs; distances are those of the first ${MAX_COMPARED}.`,
            ),
          ]
        : []),
      ...distances(all, pairs),
      ...(pairs.length === 0
        ? []
        : [
            table(
              'workload-pairs-table',
              'Distance of workloads',
              [
                column.text('GPU'),
                column.text('Other GPU'),
                column.percent('Mean'),
                column.percent('Other mean'),
                { label: 'Distance', kind: 'number', digits: 3 },
              ],
              pairs.map(({ a, b, distance }) => [name(a), name(b), a.mean, b.mean, distance]),
            ),
          ]),
      ...(analysis?.mode === 'fixed'
        ? []
        : [
            info(
              'The file’s histograms end at 98 %; samples above are put back from the number of data points. The service’s own rule compares no two GPUs and never fires.',
            ),
          ]),
    ],
  };
};

const CHART = { id: 'workload-histogram', title: 'Samples by GPU utilization' };

function histograms(all: readonly Workload[], name: (gpu: Workload) => string) {
  return {
    ...CHART,
    kind: 'histogram' as const,
    alt: summaryOf(all, name),
    valueTitle: 'GPU utilization',
    unit: '%',
    countTitle: 'Samples',
    series: all.map((gpu) => ({ label: name(gpu), edges: WORKLOAD_EDGES, counts: gpu.counts })),
    marks: [],
  };
}

function grid(all: readonly Workload[], name: (gpu: Workload) => string) {
  const drawn = all.slice(0, MAX_CHART_ROWS);
  const shares = drawn.map(({ counts, samples }) => counts.map((n) => (samples === 0 ? null : (100 * n) / samples)));
  const most = shares.flat().reduce<number>((max, share) => Math.max(max, share ?? 0), 0);
  return {
    ...CHART,
    kind: 'heatmap' as const,
    alt: summaryOf(all, name),
    columnTitle: 'GPU utilization (%)',
    rowTitle: 'GPU',
    valueTitle: 'Share of samples',
    unit: '%',
    columns: WORKLOAD_EDGES.slice(0, -1).map((edge, i) => `${edge}–${WORKLOAD_EDGES[i + 1]}`),
    rows: drawn.map(name),
    values: shares,
    range: [0, most] as const,
  };
}

/** The GPU that is farthest from all others first: of many rows the odd ones must not hide at the end. */
function byDistance(all: readonly Workload[], pairs: readonly WorkloadPair[]): Workload[] {
  const apart = new Map<Workload, number>();
  for (const { a, b, distance } of pairs) {
    for (const gpu of [a, b]) apart.set(gpu, (apart.get(gpu) ?? 0) + distance);
  }
  // Rounded, so that the last digits of a logarithm decide nothing.
  const rank = (gpu: Workload) => Math.round((apart.get(gpu) ?? 0) * 1e9);
  return all.toSorted((x, y) => rank(y) - rank(x));
}

function summaryOf(all: readonly Workload[], name: (gpu: Workload) => string): string {
  const sorted = all.toSorted((a, b) => a.mean - b.mean);
  const [least, most] = [sorted[0] as Workload, sorted.at(-1) as Workload];
  if (all.length === 1) return `Utilization of ${name(least)}: mean ${percent(least.mean)}.`;
  return `Utilization of ${plural(all.length, 'GPU')}: from a mean of ${percent(least.mean)} on ${name(least)} to ${percent(most.mean)} on ${name(most)}.`;
}

/** A grid of all distances within each node of three GPUs or more. */
function distances(all: readonly Workload[], pairs: readonly WorkloadPair[]) {
  const pairsWithin = Map.groupBy(pairs, ({ a, b }) => (a.node === b.node ? a.node : undefined));
  const nodes = [...Map.groupBy(all, ({ node }) => node)]
    .map(([title, gpus]) => ({ title, gpus, within: pairsWithin.get(title) ?? [] }))
    .filter(({ gpus, within }) => gpus.length > 2 && gpus.length <= MAX_CHART_ROWS && within.length > 0)
    .sort((a, b) => (b.within[0]?.distance ?? 0) - (a.within[0]?.distance ?? 0) || byNumber(a.title, b.title));
  return panels('workload-distances-node', 'Node', nodes, ({ title, gpus, within }, suffix) => {
    const distance = (x: Workload, y: Workload) =>
      within.find(({ a, b }) => (a === x && b === y) || (a === y && b === x))?.distance;
    const names = gpus.map(({ gpu }) => gpu);
    return [
      chart({
        kind: 'heatmap',
        id: `workload-distances${suffix}`,
        title: 'Distance between workloads',
        alt: `${title}: the largest distance of two GPUs is ${number(within[0]?.distance ?? 0)} (0 is equal, ${number(MAX_DISTANCE)} the most).`,
        columnTitle: 'GPU',
        rowTitle: 'GPU',
        valueTitle: 'Distance',
        unit: '',
        columns: names,
        rows: names,
        values: gpus.map((x) => gpus.map((y) => (x === y ? 0 : (distance(x, y) ?? null)))),
        range: [0, MAX_DISTANCE],
      }),
    ];
  });
}
