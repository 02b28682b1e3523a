import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { titledFigure } from '../../src/charts/plotly.ts';
import { anyChart, HOSTILE } from './arbitrary.ts';
import { sampleCharts } from './samples.ts';

/** Runs the cells one after the other in one namespace, as the notebook does. */
const SCRIPT = `
import json, sys
names = {}
for path in sys.argv[1:]:
    exec(compile(open(path, encoding="utf-8").read(), path, "exec"), names)
json.dump([names["figure"](chart) for chart in json.load(sys.stdin)], sys.stdout)
`;

const cells = ['chart_layout.py', 'charts.py', 'time_charts.py'].map((name) =>
  resolve(import.meta.dirname, '../../templates/notebook', name),
);

test('the notebook draws every chart as the page does', () => {
  const charts = [
    ...[0, 1, 4, 64].flatMap((size) => sampleCharts(size)),
    ...sampleCharts(HOSTILE.length, (index) => HOSTILE[index] ?? ''),
    ...fc.sample(anyChart, { numRuns: 400, seed: 20260730 }),
  ];
  const output = execFileSync('python3', ['-I', '-c', SCRIPT, ...cells], { input: JSON.stringify(charts), maxBuffer: 2 ** 29 });
  const figures: unknown[] = JSON.parse(output.toString());
  expect(figures).toHaveLength(charts.length);
  charts.forEach((chart, index) => {
    expect(figures[index], `${chart.kind} ${index}`).toEqual(JSON.parse(JSON.stringify(titledFigure(chart))));
  });
});
