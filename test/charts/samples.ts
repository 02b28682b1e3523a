import type { Chart } from '../../src/model/chart.ts';

/** One chart of every kind with `size` rows or series, deterministic, in ranges that occur. */
export function sampleCharts(size: number, label: (index: number) => string = (index) => `gpu${index}`): Chart[] {
  const labels = Array.from({ length: size }, (_, index) => label(index));
  const wave = (index: number, shift = 0) => 50 + 40 * Math.sin(index * 1.7 + shift);
  const base = { alt: 'Utilization of every GPU.' };
  const box = (index: number) => {
    const p50 = wave(index);
    const low = Math.max(0, p50 - 22);
    const high = Math.min(100, p50 + 18);
    return {
      lower: low,
      p25: Math.max(low, p50 - 9),
      p50,
      p75: Math.min(high, p50 + 7),
      p95: Math.min(high, p50 + 14),
      upper: high,
    };
  };
  const edges = Array.from({ length: 51 }, (_, index) => index * 2);
  const counts = (row: number) => edges.slice(1).map((edge) => Math.round(400 * Math.exp(-(((edge - wave(row)) / 15) ** 2))));
  const times = Array.from({ length: 61 }, (_, index) => 1648879991 + index * 30);
  const shares = labels.map((_, index) => 1 / (index + 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return [
    {
      ...base,
      kind: 'shares',
      id: 'phases',
      title: 'Where the job spent its time',
      parts: labels.map((name, index) => ({
        label: name,
        value: ((shares[index] ?? 0) / total) * 100,
        ...(index % 2 ? {} : { detail: '7 min 3 s' }),
      })),
    },
    {
      ...base,
      kind: 'bars',
      id: 'operators',
      title: 'Most expensive operators',
      valueTitle: 'cumulative time',
      unit: 's',
      bars: labels.map((name, index) => ({ label: name, value: 1234.5678 / (index + 1) ** 1.3 })),
    },
    {
      ...base,
      kind: 'boxes',
      id: 'utilization',
      title: 'GPU utilization',
      valueTitle: 'utilization',
      unit: '%',
      range: [0, 100],
      boxes: labels.map((name, index) => ({ label: name, ...box(index) })),
      threshold: { label: 'limit 70 %', value: 70 },
    },
    {
      ...base,
      kind: 'ranges',
      id: 'usage',
      title: 'System usage',
      valueTitle: 'usage',
      unit: '%',
      range: [0, 100],
      rows: labels.map((name, index) => {
        const { lower, p50, p95, upper } = box(index);
        return { label: name, min: lower, p50, p95, p99: (p95 + upper) / 2, max: upper };
      }),
    },
    {
      ...base,
      kind: 'histogram',
      id: 'workloads',
      title: 'Workload of the GPUs',
      valueTitle: 'utilization',
      unit: '%',
      countTitle: 'samples',
      series: labels.map((name, index) => ({ label: name, edges, counts: counts(index) })),
      marks: [
        { label: 'median 41 %', value: 41 },
        { label: 'p95 62 %', value: 62 },
        { label: 'limit 70 %', value: 70 },
      ],
    },
    {
      ...base,
      kind: 'heatmap',
      id: 'distances',
      title: 'Distances between workloads',
      columnTitle: 'GPU',
      rowTitle: 'GPU',
      valueTitle: 'distance',
      unit: '',
      columns: labels,
      rows: labels,
      values: labels.map((_, row) =>
        labels.map((__, column) => (row === column ? null : Math.abs(Math.sin(row * 3.1 + column * 1.3)))),
      ),
      range: [0, 1],
    },
    {
      ...base,
      kind: 'timeline',
      id: 'bottlenecks',
      title: 'CPU bottlenecks over time',
      valueTitle: 'bottlenecks',
      unit: '',
      edgesSeconds: times,
      series: labels.map((name, row) => ({
        label: name,
        values: times.slice(1).map((_, index) => Math.max(0, Math.round(30 * Math.sin(index / 7 + row)))),
      })),
      marks: [{ label: 'first step', value: 1648880200 }],
    },
    ...timeCharts(labels, base),
    {
      ...base,
      kind: 'flame',
      id: 'calls',
      title: 'Where Python spent its time',
      frames: labels.flatMap((name, index) => [
        { label: name, place: `/opt/${name}.py:${index}`, depth: 0, startSeconds: index * 10, widthSeconds: 9, ownSeconds: 3 },
        { label: 'forward', place: 'model.py:12', depth: 1, startSeconds: index * 10, widthSeconds: 6, ownSeconds: 6 },
      ]),
    },
  ];
}

/** One of each kind over the same half hour, with spans of two rules and a mark. */
function timeCharts(labels: readonly string[], base: { readonly alt: string }): Chart[] {
  const [start, steps, stepSeconds] = [1648879991, 90, 20];
  const common = {
    ...base,
    period: [start, start + steps * stepSeconds] as const,
    spans: [
      { label: 'Low GPU utilization', startSeconds: start + 200, endSeconds: start + 560 },
      { label: 'Low GPU utilization', startSeconds: start + 900, endSeconds: start + 940 },
      { label: 'CPU bottlenecks', startSeconds: start + 500, endSeconds: start + 640 },
    ],
    marks: [{ label: 'first step', value: start + 209 }],
  };
  const times = Array.from({ length: steps }, (_, index) => start + index * stepSeconds);
  const wave = (row: number, index: number) => 50 + 40 * Math.sin(index / (6 + row) + row);
  const line = (row: number) => times.map((_, index) => (index > 40 && index < 45 ? null : wave(row, index)));
  const moved = (values: readonly (number | null)[], by: number) =>
    values.map((value) => (value === null ? null : Math.min(100, Math.max(0, value + by))));
  return [
    {
      ...common,
      kind: 'series',
      id: 'usage-over-time',
      title: 'Utilization over time',
      valueTitle: 'utilization',
      unit: '%',
      range: [0, 100],
      seconds: times,
      series: labels.map((label, row) => {
        const values = line(row);
        return row % 2 ? { label, values } : { label, values, low: moved(values, -12), high: moved(values, 8) };
      }),
      pickFrom: 'cores-over-time',
    },
    {
      ...common,
      kind: 'grid',
      id: 'cores-over-time',
      title: 'Every core and GPU over time',
      rowTitle: 'Core or GPU',
      valueTitle: 'utilization',
      unit: '%',
      rows: labels,
      startSeconds: start,
      stepSeconds,
      values: labels.map((_, row) => line(row)),
      range: [0, 100],
    },
    {
      ...common,
      kind: 'points',
      id: 'steps-over-time',
      title: 'Steps over time',
      valueTitle: 'duration',
      unit: 's',
      groups: labels.map((label, row) => ({
        label,
        seconds: times.map((time) => time + row),
        values: times.map((_, index) => (index === 30 ? 0.9 : 0.2 + wave(row, index) / 1000)),
        names: times.map((_, index) => `step ${index}`),
        flagged: [30],
      })),
    },
    {
      ...common,
      kind: 'activity',
      id: 'framework-over-time',
      title: 'What the framework did',
      startSeconds: start,
      stepSeconds,
      lanes: labels.map((label, row) => ({ group: '', label, busySeconds: times.map((_, index) => wave(row, index) / 7) })),
    },
  ];
}
