import { describe, expect, test } from 'vitest';
import type { Chart } from '../../src/model/chart.ts';
import type { Block, Report, Table } from '../../src/model/report.ts';
import { RULE_NAMES, type RuleName } from '../../src/model/rule-names.ts';
import { expectedTables, type Json, nodesIn, realJob } from '../expected-rows.ts';
import { reportOf } from '../judged.ts';
import { corpusCases, hasShared } from '../shared.ts';

/**
 * The numbers of every section against the rule files, computed here once more from the plain JSON with nothing of src/ but types.
 */
function allBlocks(report: Report): Block[] {
  return report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'panels' ? block.panels.flatMap((panel) => panel.blocks) : [block])),
  );
}

const tableOf = (report: Report, id: string): Table | undefined =>
  allBlocks(report).flatMap((block) => (block.kind === 'table' && block.table.id === id ? [block.table] : []))[0];

/** The charts whose id is `id`, or `id-1`, `id-2` ... in panels. */
const chartsOf = <Kind extends Chart['kind']>(report: Report, kind: Kind, id: string) =>
  allBlocks(report).flatMap((block) =>
    block.kind === 'chart' && block.chart.kind === kind && new RegExp(`^${id}(-\\d+)?$`).test(block.chart.id)
      ? [block.chart as Extract<Chart, { kind: Kind }>]
      : [],
  );

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Shannon entropy; the distance below is sqrt(H(M) - (H(P) + H(Q)) / 2), another way to the same number. */
const entropy = (p: readonly number[]) => -sum(p.filter((x) => x > 0).map((x) => x * Math.log(x)));

describe.skipIf(!hasShared).each(corpusCases)('%s', async (name) => {
  const { raw, texts } = realJob(name);
  const report = hasShared ? await reportOf(texts) : ({ sections: [], rules: [] } as unknown as Report);
  const details = (rule: RuleName): Json => raw[rule]?.Details ?? {};

  test('rules: the service’s own counts and parameters', () => {
    expect(report.rules.map(({ rule }) => rule).sort()).toEqual([...RULE_NAMES].sort());
    for (const { rule: name, triggered, violations, datapoints, parameters } of report.rules) {
      const rule = name as RuleName;
      expect([triggered, violations, datapoints]).toEqual([
        raw[rule]?.RuleTriggered,
        raw[rule]?.Violations,
        raw[rule]?.Datapoints,
      ]);
      if (raw[rule]) expect(parameters.map((p) => `${p.name}:${p.value}`).join('\n')).toBe(raw[rule].RuleParameters);
      expect(parameters.some(({ changed }) => changed)).toBe(false); // nobody in the corpus changed a default
    }
  });

  test('verdicts: triggered means issue; the two rules that could not fire are judged anew', () => {
    for (const { rule, verdict, triggered } of report.rules) {
      if (rule === 'LoadBalancing' || rule === 'MaxInitializationTime') continue;
      expect(verdict === 'issue', rule).toBe((triggered ?? 0) > 0);
    }
    const { step_num: steps, job_start: start } = details('MaxInitializationTime');
    const initialization = report.rules.find(({ rule }) => rule === 'MaxInitializationTime');
    const expected = steps?.first === undefined ? 'not judged' : steps.first / 1e6 - start > 20 * 60 ? 'issue' : 'ok';
    expect(initialization?.verdict).toBe(expected);
  });

  test('summary: phases of the job', () => {
    const { step_num: steps, job_start: start, job_end: end } = details('MaxInitializationTime');
    const [shares] = chartsOf(report, 'shares', 'job-phases');
    if (steps?.first === undefined) return expect(shares).toBeUndefined();
    const finish = Math.max(end, steps.last / 1e6);
    const seconds = [steps.first / 1e6 - start, (steps.last - steps.first) / 1e6, finish - steps.last / 1e6];
    const rows = tableOf(report, 'job-phases-table')?.rows ?? [];
    seconds.forEach((value, i) => {
      expect(rows[i]?.[2]).toBeCloseTo(value, 3);
      expect(shares?.parts[i]?.value).toBeCloseTo((100 * value) / (finish - start), 6);
    });
    expect(sum(shares?.parts.map(({ value }) => value) ?? [])).toBeCloseTo(100, 9);
  });

  test('tables: every row of the files, nothing else', () => {
    for (const [id, rows] of Object.entries(expectedTables(raw))) {
      expect(sorted(tableOf(report, id)?.rows ?? []), id).toEqual(sorted(rows));
    }
  });

  test('system usage: the spread of every percentage', () => {
    const drawn = chartsOf(report, 'ranges', 'system-usage-spread').flatMap(({ rows }) =>
      rows.map((row) => [row.label, row.max, row.p99, row.p95, row.p50, row.min]),
    );
    const percentages = expectedTables(raw)['system-usage-table']?.filter((row) => row[2] === '%') ?? [];
    expect(sorted(drawn)).toEqual(sorted(percentages.map((row) => [row[1], ...row.slice(3)])));
  });

  test.each([
    ['framework', 'OverallFrameworkMetrics'],
    ['cpu-bottleneck', 'CPUBottleneck'],
    ['slow-steps', 'StepOutlier'],
  ] as const)('%s: phases scaled to 100 without negative ones, operators sorted', (prefix, rule) => {
    for (const key of ['phase', 'general']) {
      const kept = Object.entries<number>(details(rule)[key] ?? {}).filter(([, share]) => share >= 0);
      const total = sum(kept.map(([, share]) => share));
      const [chart] = chartsOf(report, 'shares', `${prefix}-${key}`);
      expect(chart?.parts.map(({ label }) => label) ?? []).toEqual(kept.map(([label]) => label));
      kept.forEach(([, share], i) => {
        expect(chart?.parts[i]?.value).toBeCloseTo((100 * share) / total, 9);
      });
    }
    for (const device of ['cpu', 'gpu']) {
      const shares = (tableOf(report, `${prefix}-operators-${device}-table`)?.rows ?? []).map((row) => row[1] as number);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    }
  });

  test('step durations: the histogram of each worker', () => {
    const workers = Object.entries<Json>(details('StepOutlier').step_details ?? {});
    const drawn = chartsOf(report, 'histogram', 'step-histogram').flatMap(({ series }) =>
      series.map(({ label, edges, counts }) => [label, edges, counts]),
    );
    expect(sorted(drawn)).toEqual(sorted(workers.map(([worker, { probs, binedges }]) => [worker, binedges, probs])));
  });

  test.each([
    ['gpu-utilization-boxes', 'LowGPUUtilization'],
    ['gpu-memory-boxes', 'GPUMemoryIncrease'],
  ] as const)('%s: quartiles of every GPU listed', (id, rule) => {
    const boxes = chartsOf(report, 'boxes', id).flatMap((chart) =>
      chart.boxes.map((b) => [b.label, b.lower, b.p25, b.p50, b.p75, b.p95, b.upper]),
    );
    const expected = nodesIn(details(rule)).flatMap(([, byGpu]) =>
      Object.entries<Json>(byGpu).map(([gpu, g]) => [gpu, g.lower, g.p25, g.p50, g.p75, g.p95, g.upper]),
    );
    expect(sorted(boxes)).toEqual(sorted(expected));
  });

  test('batch size: whiskers within 0 and 100', () => {
    for (const { boxes } of chartsOf(report, 'boxes', 'batch-size-boxes')) {
      for (const { lower, p25, p75, upper } of boxes) {
        expect([0 <= lower, lower <= p25, p75 <= upper, upper <= 100]).toEqual([true, true, true, true]);
      }
    }
  });

  test('workload balance: all samples counted, distances of all pairs', () => {
    const gpus = nodesIn(details('LoadBalancing')).flatMap(([node, { workloads }]) =>
      Object.entries<number[]>(workloads).map(([gpu, counts]) => ({ node, gpu, counts })),
    );
    const [histogram] = chartsOf(report, 'histogram', 'workload-histogram');
    for (const { label, counts } of histogram?.series ?? []) {
      const listed = gpus.find(({ node, gpu }) => label === gpu || label === `${node} ${gpu}`)?.counts ?? [];
      expect(counts.slice(0, 49)).toEqual(listed);
      expect(sum(counts)).toBe(Math.max(sum(listed), raw.LoadBalancing.Datapoints));
    }
    expect(histogram?.series.length ?? 0).toBe(gpus.length);
    const whole = gpus.map((gpu) => {
      const counts = [...gpu.counts, Math.max(0, raw.LoadBalancing.Datapoints - sum(gpu.counts))];
      return { ...gpu, p: counts.map((n) => n / sum(counts)) };
    });
    const expected = whole.flatMap((x, i) =>
      whole.slice(i + 1).flatMap((y) => {
        if (x.node !== y.node && x.gpu !== y.gpu) return [];
        const middle = x.p.map((value, k) => (value + (y.p[k] as number)) / 2);
        return [Math.sqrt(Math.max(0, entropy(middle) - (entropy(x.p) + entropy(y.p)) / 2))];
      }),
    );
    const found = (tableOf(report, 'workload-pairs-table')?.rows ?? []).map((row) => row[4] as number);
    expect(found.length).toBe(expected.length);
    expected
      .sort((a, b) => b - a)
      .forEach((distance, i) => {
        expect(found[i]).toBeCloseTo(distance, 6);
      });
    const verdict = report.rules.find(({ rule }) => rule === 'LoadBalancing')?.verdict;
    const judged = gpus.length > 1 && raw.LoadBalancing.Datapoints > 1000;
    expect(verdict).toBe(judged ? (Math.max(...expected) > 0.2 ? 'issue' : 'ok') : 'not judged');
  });

  test('data loading: settings and histogram', () => {
    const { cores, dataloaders, num_workers: workers, dataloading_time: time } = details('Dataloader');
    const facts = report.sections
      .find(({ id }) => id === 'data-loading')
      ?.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
    const value = (label: string) => facts?.find((fact) => fact.label === label)?.value;
    const shown = (n: number | undefined) => (n === undefined ? undefined : String(n));
    expect([value('CPU cores'), value('Loaders seen at a time'), value('Worker processes')]).toEqual([
      shown(cores),
      shown(dataloaders),
      shown(workers),
    ]);
    const [histogram] = chartsOf(report, 'histogram', 'data-loading-times');
    expect(histogram?.series[0]?.counts).toEqual(time?.probs);
    expect(histogram?.series[0]?.edges).toEqual(time?.binedges);
    expect(histogram?.marks.map((mark) => mark.value)).toEqual(time && [time.p25, time.p50, time.p95]);
    if (time) expect(sum(histogram?.series[0]?.counts.map(Number) ?? [])).toBe(raw.Dataloader.Datapoints);
  });

  test.each([
    ['cpu-bottleneck', 'CPUBottleneck'],
    ['io-bottleneck', 'IOBottleneck'],
  ] as const)('%s: shares, and every moment on the time axis', (prefix, rule) => {
    const { Violations: violations, Datapoints: datapoints } = raw[rule];
    const { low_gpu_utilization: low, bottlenecks } = details(rule);
    const [shares] = chartsOf(report, 'shares', `${prefix}-shares`);
    const isCpuJob = Object.keys(details('OverallSystemUsage').GPU).length === 0;
    expect(shares === undefined).toBe(isCpuJob);
    if (shares) {
      const expected = [violations, low - violations, datapoints - low].map((n) => (100 * n) / datapoints);
      shares.parts.forEach((part, i) => {
        expect(part.value).toBeCloseTo(expected[i] as number, 9);
      });
    }
    const times = Object.keys(bottlenecks).map(Number);
    const [timeline] = chartsOf(report, 'timeline', `${prefix}-times`);
    expect(timeline === undefined).toBe(times.length === 0);
    if (timeline === undefined) return;
    const { edgesSeconds: edges, series } = timeline;
    expect(sum(series[0]?.values.map(Number) ?? [])).toBe(times.length);
    expect(edges[0]).toBeLessThanOrEqual(Math.min(...times));
    // A moment within a microsecond of an edge may fall to either side.
    const between = (a: number, b: number) => times.filter((t) => t >= a && t < b).length;
    series[0]?.values.forEach((n, i) => {
      const [from, to] = [edges[i] as number, edges[i + 1] as number];
      const last = i === edges.length - 2 ? 1 : 0;
      expect(n).toBeGreaterThanOrEqual(between(from + 1e-6, to - 1e-6));
      expect(n).toBeLessThanOrEqual(between(from - 1e-6, to + 1e-6) + last);
    });
  });

  test('everything is fit for JSON: no NaN, no undefined, ids unique', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    const ids = [
      ...report.sections.map(({ id }) => id),
      ...allBlocks(report).flatMap((block) =>
        block.kind === 'chart' ? [block.chart.id] : block.kind === 'table' ? [block.table.id] : [],
      ),
    ];
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});
