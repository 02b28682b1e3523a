// biome-ignore-all lint/suspicious/noExplicitAny: plain JSON of rule files
import { RULE_NAMES, type RuleName } from '../src/model/rule-names.ts';
import { corpusFile } from './shared.ts';

/** Plain JSON. */
export type Json = any;

export type Row = (string | number | null)[];

/** The rule files of a real job as text and as plain JSON; empty where the shared data is absent. */
export function realJob(name: string): { texts: Partial<Record<RuleName, string>>; raw: Partial<Record<RuleName, Json>> } {
  const texts: Partial<Record<RuleName, string>> = {};
  for (const rule of RULE_NAMES) {
    const bytes = corpusFile(name, rule);
    if (bytes) texts[rule] = new TextDecoder().decode(bytes);
  }
  return { texts, raw: Object.fromEntries(Object.entries(texts).map(([rule, text]) => [rule, JSON.parse(text)])) };
}

/** Details keyed by node, without the time among the nodes. */
export function nodesIn(details: Json): [string, Json][] {
  return Object.entries(details ?? {}).filter(([key]) => key !== 'last_timestamp');
}

/**
 * What the tables of a report must hold, by table id: computed from the plain JSON of the rule files with nothing of src/, in any order
 * of rows. A table without rows is not there.
 */
export function expectedTables(raw: Partial<Record<RuleName, Json>>): Record<string, Row[]> {
  const details = (rule: RuleName): Json => raw[rule]?.Details ?? {};
  const gpuRows = (rule: RuleName, keys: string[]): Row[] =>
    nodesIn(details(rule)).flatMap(([node, byGpu]) =>
      Object.entries<Json>(byGpu).map(([gpu, g]) => [node, gpu, ...keys.map((key) => g[key])]),
    );
  const operators = Object.entries({
    framework: 'OverallFrameworkMetrics',
    'cpu-bottleneck': 'CPUBottleneck',
    'io-bottleneck': 'IOBottleneck',
    'slow-steps': 'StepOutlier',
  } as const).flatMap(([prefix, rule]) =>
    ['CPU', 'GPU'].map((device) => {
      const shares = Object.entries<number>(details(rule)[device] ?? {});
      const rows: Row[] = shares.map(([name, share]) => [name, share, details(rule)[`${device}_total`][name]]);
      return [`${prefix}-operators-${device.toLowerCase()}-table`, rows] as const;
    }),
  );
  return {
    ...Object.fromEntries(operators),
    'system-usage-table': Object.entries<Json>(details('OverallSystemUsage')).flatMap(([metric, byNode]) =>
      Object.entries<Json>(byNode).map(([node, s]): Row => {
        const unit = metric === 'Network' ? 'bytes/s' : '%';
        return [node, metric === 'I/O' ? 'I/O wait' : metric, unit, s.max, s.p99, s.p95, s.p50, s.min];
      }),
    ),
    'step-durations-table': Object.entries<Json>(details('StepOutlier').step_details ?? {}).map(
      ([worker, { step_stats: s, phase, stddev, number_of_outliers: n }]): Row => {
        return [worker, phase.slice('Step:ModeKeys.'.length), s.mean, s.max, s.p99, s.p95, s.p50, s.min, stddev, n];
      },
    ),
    'gpu-utilization-table': gpuRows('LowGPUUtilization', ['gpu_5', 'gpu_95', 'p25', 'p50', 'p75', 'p95', 'gpu_max']),
    'gpu-memory-table': gpuRows('GPUMemoryIncrease', ['increase', 'p05', 'p25', 'p50', 'p75', 'p95', 'gpu_max']),
    'batch-size-table': nodesIn(details('BatchSize')).flatMap(([node, boxes]) =>
      Object.entries<Json>(boxes).map(
        ([key, b]): Row => [node, key === 'cpu' ? 'CPU' : key.replace('_', ' '), b.p25, b.p50, b.p75, b.p95],
      ),
    ),
  };
}
