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

/** Any chart the model allows, with hostile and random text and extreme numbers. */
export const anyChart: fc.Arbitrary<Chart> = fc.oneof(shares, bars, boxes, ranges, histogram, heatmap, timeline);
