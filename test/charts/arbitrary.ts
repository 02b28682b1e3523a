import * as fc from 'fast-check';
import type { Chart } from '../../src/model/chart.ts';

/** Names that try to become markup, script, template or link wherever they land. */
export const HOSTILE = [
  '<a href="https://evil.example/">click</a>',
  '</text></svg><script>globalThis.attacked = true</script>',
  '<img src=x onerror="globalThis.attacked = true">',
  '"><g onload="globalThis.attacked = true">',
  "' onmouseover='globalThis.attacked = true",
  '<b>bold</b><br>next&lt;b&gt; &amp; &#60;i&#62;',
  '%{customdata[0]} %{x} %{label} %_{y}',
  '$\\href{https://evil.example/}{x}$ $$a^2$$',
  ']]><!-- --> <?x ?> <!DOCTYPE a [<!ENTITY b "c">]>',
  '__proto__',
  '{{job}} {{{x}}} %_{job}',
  '模型权重更新_第一层_反向传播_卷积',
  'مرحبا بالعالم',
  '👩‍🚀🚀 \ud83d',
  ' two  spaces ',
  'a\tb\nc\u0000d\u000be\uffff',
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ maxLength: 12 }));
const value = fc
  .oneof(
    fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
    fc.constantFrom(0, 1e-9, 1e12, 50, 99.99),
    fc.integer({ min: 0, max: 100 }),
  )
  .map((number) => number + 0);
const positive = value.map(Math.abs);
const base = { id: fc.constant('chart'), title: text, alt: text };
const axis = { valueTitle: text, unit: fc.oneof(fc.constantFrom('%', 's', 'B/s', ''), text) };
const mark = fc.record({ label: text, value });
const range = fc.tuple(value, value).map((ends) => ends.toSorted((a, b) => a - b) as [number, number]);
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 20 });
const sorted = (count: number) =>
  fc.array(value, { minLength: count, maxLength: count }).map((values) => values.sort((a, b) => a - b));
const bins = fc.integer({ min: 0, max: 30 }).chain((count) => fc.record({ edges: sorted(count + 1), counts: counts(count) }));
const box = sorted(6).map(([lower = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0, upper = 0]) => ({ lower, p25, p50, p75, p95, upper }));

function counts(length: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: length, maxLength: length });
}

const shares = fc.record({
  ...base,
  kind: fc.constant('shares' as const),
  parts: list(fc.oneof(fc.record({ label: text, value: positive }), fc.record({ label: text, value: positive, detail: text }))),
});
const bars = fc.record({ ...base, ...axis, kind: fc.constant('bars' as const), bars: list(fc.record({ label: text, value })) });
const boxes = fc.record(
  {
    ...base,
    ...axis,
    kind: fc.constant('boxes' as const),
    range,
    boxes: list(fc.tuple(text, box).map(([label, rest]) => ({ label, ...rest }))),
    threshold: mark,
  },
  { requiredKeys: ['kind', 'id', 'title', 'alt', 'valueTitle', 'unit', 'range', 'boxes'] },
);
const ranges = fc.record({
  ...base,
  ...axis,
  kind: fc.constant('ranges' as const),
  range,
  rows: list(
    fc
      .tuple(text, box)
      .map(([label, { lower, p25, p50, p95, upper }]) => ({ label, min: lower, p50: p25, p95: p50, p99: p95, max: upper })),
  ),
});
const histogram = fc.record(
  {
    ...base,
    ...axis,
    kind: fc.constant('histogram' as const),
    countTitle: text,
    axes: fc.record({ value: range, largestCount: fc.nat() }),
    series: list(fc.tuple(text, bins).map(([label, rest]) => ({ label, ...rest }))),
    marks: fc.array(mark, { maxLength: 4 }),
  },
  { requiredKeys: ['kind', 'id', 'title', 'alt', 'valueTitle', 'unit', 'countTitle', 'series', 'marks'] },
);
const heatmap = fc.tuple(fc.array(text, { maxLength: 12 }), fc.array(text, { maxLength: 12 })).chain(([columns, rows]) =>
  fc.record({
    ...base,
    ...axis,
    kind: fc.constant('heatmap' as const),
    columnTitle: text,
    rowTitle: text,
    columns: fc.constant(columns),
    rows: fc.constant(rows),
    values: fc.tuple(...rows.map(() => fc.tuple(...columns.map(() => fc.option(value))))),
    range,
  }),
);
const timeline = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, 1648879991, -1e12)).chain(([count, start]) =>
  fc.record({
    ...base,
    ...axis,
    kind: fc.constant('timeline' as const),
    edgesSeconds: fc.constant(Array.from({ length: count + 1 }, (_, index) => start + index * 7.5)),
    series: list(fc.record({ label: text, values: counts(count) })),
    marks: fc.array(fc.record({ label: text, value: fc.integer({ min: 0, max: 500 }).map((offset) => start + offset) }), {
      maxLength: 4,
    }),
  }),
);

const moments = fc.constantFrom<[number, number]>([1648879991, 1648883591], [-1e12, 1e9], [0, 0]);
const gaps = (count: number) => fc.array(fc.option(value), { minLength: count, maxLength: count });
/** What charts over time share; `at` gives moments around the period. */
const overTime = fc.tuple(moments, fc.integer({ min: 0, max: 30 })).chain(([period, count]) => {
  const at = fc
    .double({ min: -0.1, max: 1.1, noNaN: true })
    .map((part) => period[0] + Math.round(part * (period[1] - period[0])));
  const span = fc
    .tuple(text, at, at)
    .map(([label, a, b]) => ({ label, startSeconds: Math.min(a, b), endSeconds: Math.max(a, b) }));
  const common = {
    ...base,
    period: fc.constant(period),
    spans: fc.array(span, { maxLength: 6 }),
    marks: fc.array(fc.record({ label: text, value: fc.constantFrom(...period) }), { maxLength: 3 }),
  };
  const steps = { startSeconds: fc.constant(period[0]), stepSeconds: fc.constantFrom(0.5, 30) };
  const times = fc.array(at, { minLength: count, maxLength: count }).map((all) => all.sort((a, b) => a - b));
  const line = fc.oneof(
    fc.record({ label: text, values: gaps(count) }),
    fc.record({ label: text, values: gaps(count), low: gaps(count), high: gaps(count) }),
  );
  const points = fc.array(at, { minLength: count, maxLength: count }).chain((seconds) =>
    fc.record({
      label: text,
      seconds: fc.constant(seconds),
      values: fc.array(value, { minLength: count, maxLength: count }),
      names: fc.array(text, { minLength: count, maxLength: count }),
      flagged: fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, count - 1) }), { maxLength: count }),
    }),
  );
  const optional = { range, pickFrom: text, stacked: fc.boolean() };
  return fc.oneof(
    fc.record(
      { ...common, ...axis, ...optional, kind: fc.constant('series' as const), seconds: times, series: list(line) },
      { requiredKeys: ['kind', 'id', 'title', 'alt', 'period', 'spans', 'marks', 'valueTitle', 'unit', 'seconds', 'series'] },
    ),
    fc.array(text, { maxLength: 20 }).chain((rows) =>
      fc.record({
        ...common,
        ...axis,
        ...steps,
        kind: fc.constant('grid' as const),
        rowTitle: text,
        rows: fc.constant(rows),
        values: fc.tuple(...rows.map(() => gaps(count))),
        range,
      }),
    ),
    fc.record({ ...common, ...axis, kind: fc.constant('points' as const), groups: list(points) }),
    fc.record({
      ...common,
      ...steps,
      kind: fc.constant('activity' as const),
      lanes: list(
        fc.record({ group: text, label: text, busySeconds: fc.array(positive, { minLength: count, maxLength: count }) }),
      ),
    }),
  );
});
const flame = fc.record({
  ...base,
  kind: fc.constant('flame' as const),
  frames: list(
    fc.record({
      label: text,
      place: text,
      depth: fc.integer({ min: 0, max: 70 }),
      startSeconds: positive,
      widthSeconds: positive,
      ownSeconds: positive,
    }),
  ),
});

/** Any chart the model allows, with hostile and random text and extreme numbers. */
export const anyChart: fc.Arbitrary<Chart> = fc.oneof(shares, bars, boxes, ranges, histogram, heatmap, timeline, overTime, flame);
