import { describe, expect, test } from 'vitest';
import type { MetricName, Statistic } from '../../../src/model/cloudwatch-metrics.ts';
import type { Variant } from '../../../src/model/monitored.ts';
import { BLUE, ENDPOINT, monitoredEndpoint, START, seriesOf } from '../../monitored.ts';
import { chartOf, chartsOf, factsOf, reportOf, rowsOf, tablesOf, textsOf } from './blocks.ts';

const GREEN: Variant = { ...BLUE, name: 'green', instanceCount: 1, weight: 1 };
const of = (variant: string) => ({ EndpointName: ENDPOINT, VariantName: variant });
const always = (metric: MetricName, statistic: Statistic, value: number, variant = 'blue') =>
  seriesOf({ metric, statistic, dimensions: of(variant), value: () => value });
const used = (metric: MetricName, value: number, dimensions: Record<string, string> = of('blue')) =>
  seriesOf({ metric, statistic: 'Average', namespace: '/aws/sagemaker/Endpoints', dimensions, value: () => value });
const ofContainer = (ContainerName: string, value: number) =>
  seriesOf({
    metric: 'ContainerLatency',
    statistic: 'Average',
    dimensions: { ...of('blue'), ContainerName },
    value: () => value,
  });

const PLAIN = [
  seriesOf({ metric: 'Invocations', statistic: 'Sum', value: (i) => (i === 30 ? 400 : 100) }),
  always('InvocationsPerInstance', 'Sum', 50),
  always('Invocation4XXErrors', 'Sum', 1),
  always('Invocation5XXErrors', 'Sum', 0),
  always('InvocationModelErrors', 'Sum', 0),
  always('ModelLatency', 'Average', 90_000),
  always('ModelLatency', 'p50', 80_000),
  always('ModelLatency', 'p99', 200_000),
  always('OverheadLatency', 'Average', 10_000),
  used('CPUUtilization', 200),
  used('MemoryUtilization', 40),
];

describe('an endpoint of one variant', () => {
  const report = reportOf(monitoredEndpoint({ series: PLAIN }));

  test('is summed up in key figures', async () => {
    expect(factsOf(await report)).toEqual({
      Status: 'InService; eu-west-1',
      Invocations: '6,300; at most 400 a minute, 2026-11-02 09:30:00 UTC',
      '4XX and 5XX errors': '0.952 %; 0 5XX, 0 model errors, 60 4XX',
      'Model latency, p50': `80 ms; median of the minutes, highest 80 ms, 2026-11-02 09:00:00 UTC`,
      'Model latency, p99': `200 ms; median of the minutes, highest 200 ms, 2026-11-02 09:00:00 UTC`,
      Overhead: '10 %; of the time of a request, 10 ms',
      Instances: '2; 2 × ml.c5.xlarge',
      Headroom: '50 %; CPU at 50 % when busiest',
    });
  });

  test('has no panels, and traffic right above utilization on the same axis', async () => {
    const charts = chartsOf(await report);
    const ids = charts.map(({ id }) => id);
    expect(ids).toEqual([
      'invocations',
      'utilization',
      'invocations-per-instance',
      'error-rates',
      'model-latency',
      'overhead-latency',
      'request-parts',
      'request-time',
      'request-shares',
    ]);
    const periods = charts.flatMap((chart) => ('period' in chart ? [chart.period.join()] : []));
    expect(new Set(periods)).toEqual(new Set([`${START},${START + 3600}`]));
  });

  test('shows CPU as a share of all cores, and beside it CloudWatch’s own', async () => {
    const { series, range } = chartOf(await report, 'series', 'utilization');
    expect(range).toEqual([0, 100]);
    expect(series.map(({ label, values }) => [label, values[0]])).toEqual([
      ['CPU', 50],
      ['Memory', 40],
    ]);
    expect(rowsOf(await report, 'metrics-read').find(({ Metric }) => Metric === 'CPUUtilization')).toMatchObject({ Mean: 200 });
    expect(rowsOf(await report, 'headroom')).toEqual([
      expect.objectContaining({
        Variant: 'blue',
        'Limited by': 'CPU',
        Headroom: 50,
        'Invocations then': 50,
        'Room for about': 100,
      }),
    ]);
  });

  test('draws latencies in ms, and says their main numbers', async () => {
    const { unit, series, alt } = chartOf(await report, 'series', 'model-latency');
    expect(unit).toBe('ms');
    expect(series.map(({ label, values }) => [label, values[0]])).toEqual([
      ['Average', 90],
      ['p50', 80],
      ['p99', 200],
    ]);
    expect(alt).toBe(
      'blue, Model latency: Average mean 90 ms, at most 90 ms, p50 mean 80 ms, at most 80 ms and p99 mean 200 ms, at most 200 ms.',
    );
  });

  test('tells overhead and model time', async () => {
    expect(textsOf(await report)).toContain(
      'A request takes 100 ms on average: 90 ms (90 %) in the model and 10 ms (10 %) as overhead.',
    );
    const { stacked, series } = chartOf(await report, 'series', 'request-shares');
    expect(stacked).toBe(true);
    expect(series.map(({ label, values }) => [label, values[0]])).toEqual([
      ['Model', 90],
      ['Overhead', 10],
    ]);
  });

  test('has an id only once', async () => {
    const { sections } = await report;
    const ids = [
      ...sections.map(({ id }) => id),
      ...chartsOf({ sections }).map(({ id }) => id),
      ...tablesOf({ sections }).map(({ id }) => id),
    ];
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });
});

test('latencies of many seconds are drawn in seconds; Maximum stands in where there are no percentiles', async () => {
  const series = [always('ModelLatency', 'Average', 5e6), always('ModelLatency', 'Maximum', 30e6)];
  const report = await reportOf(monitoredEndpoint({ series }));
  const chart = chartOf(report, 'series', 'model-latency');
  expect([chart.unit, chart.series.map(({ label, values }) => [label, values[0]])]).toEqual([
    's',
    [
      ['Average', 5],
      ['Maximum', 30],
    ],
  ]);
  expect(textsOf(report).join(' ')).toContain('There are no percentiles');
});

test('counts of longer periods are told by minute, and periods without data are gaps', async () => {
  const series = [
    seriesOf({
      metric: 'Invocations',
      statistic: 'Sum',
      periodSeconds: 300,
      periods: 12,
      value: (i) => (i === 4 ? undefined : 500),
    }),
  ];
  const report = await reportOf(monitoredEndpoint({ series }));
  const { seconds, series: lines } = chartOf(report, 'series', 'invocations');
  expect(seconds.slice(0, 3)).toEqual([START, START + 300, START + 600]);
  expect(lines[0]?.values.slice(2, 7)).toEqual([100, 100, null, 100, 100]);
});

test('without errors there is no chart of them, but the table and a sentence', async () => {
  const series = [always('Invocations', 'Sum', 10), always('Invocation5XXErrors', 'Sum', 0)];
  const report = await reportOf(monitoredEndpoint({ series }));
  expect(chartsOf(report).map(({ id }) => id)).not.toContain('error-rates');
  expect(rowsOf(report, 'error-rates-table')).toEqual([
    expect.objectContaining({ Kind: '5XX', Invocations: 600, Errors: 0, Rate: 0 }),
  ]);
  expect(textsOf(report)).toContain('There were none of 5XX; of model errors and 4XX nothing is known.');
  const all = [...series, always('Invocation4XXErrors', 'Sum', 0), always('InvocationModelErrors', 'Sum', 0)];
  expect(textsOf(await reportOf(monitoredEndpoint({ series: all })))).toContain('There were no errors.');
});

test('errors are called by the kinds that are known', async () => {
  const facts = async (metric: MetricName) =>
    factsOf(await reportOf(monitoredEndpoint({ series: [always('Invocations', 'Sum', 10), always(metric, 'Sum', 1)] })));
  expect(await facts('InvocationModelErrors')).toMatchObject({ 'Model errors': '10 %; 60 model errors' });
  expect(await facts('Invocation4XXErrors')).toMatchObject({ '4XX errors': '10 %; 60 4XX' });
});

test('where nobody knows how many cores there are, CPU is no share and there is no headroom', async () => {
  const variants = [{ ...BLUE, instanceType: 'ml.new1.huge' }];
  const report = await reportOf(monitoredEndpoint({ variants, series: PLAIN }));
  expect(chartOf(report, 'series', 'utilization').series.map(({ label }) => label)).toEqual(['Memory']);
  expect(chartOf(report, 'series', 'utilization-cpu').series[0]?.values[0]).toBe(200);
  expect(factsOf(report)).not.toHaveProperty('Headroom');
});

test('a pipeline stacks its containers in their order and names the one that takes the most', async () => {
  const containers = ['clean', 'embed', 'rank'];
  const series = [
    always('Invocations', 'Sum', 10),
    ofContainer('rank', 20_000),
    ofContainer('embed', 60_000),
    ofContainer('clean', 10_000),
    always('ModelLatency', 'Average', 90_000),
    always('OverheadLatency', 'Average', 10_000),
  ];
  const report = await reportOf(monitoredEndpoint({ variants: [{ ...BLUE, containers }], series }));
  expect(chartOf(report, 'shares', 'request-parts').parts.map(({ label, value }) => [label, value])).toEqual([
    ['clean', 10],
    ['embed', 60],
    ['rank', 20],
    ['Overhead', 10],
  ]);
  expect(textsOf(report)).toContain(
    'A request takes 100 ms on average: the most, 60 ms (60 %), in the container embed and 10 ms (10 %) as overhead.',
  );
  const section = report.sections.find(({ title }) => title === 'Containers of the pipeline and overhead');
  expect(section?.rule).toBe('ContainerDominates');
  const groups = rowsOf(report, 'metrics-read').map((row) => row['Group in the console']);
  expect(new Set(groups)).toEqual(new Set(['Endpoint Variant Metrics', 'Endpoint Container Metrics']));
});

describe('several variants', () => {
  const series = [
    ...PLAIN,
    always('Invocations', 'Sum', 300, 'green'),
    always('ModelLatency', 'Average', 50_000, 'green'),
    ...['i-1', 'i-2'].flatMap((instance, i) => [
      used('CPUUtilization', 100 + i * 60, { Host: `${ENDPOINT}/green/${instance}` }),
      used('MemoryUtilization', 30, { Host: `${ENDPOINT}/green/${instance}` }),
    ]),
  ];
  const report = reportOf(monitoredEndpoint({ variants: [BLUE, GREEN], series }));

  test('keep their colours, and stand in panels by traffic', async () => {
    expect(chartOf(await report, 'series', 'invocations').series.map(({ label }) => label)).toEqual(['blue', 'green']);
    expect(chartOf(await report, 'series', 'invocations-per-instance').series.map(({ label }) => label)).toEqual([
      'blue',
      'green',
    ]);
    const panels = (await report).sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'panels' ? [block] : [])),
    );
    const [latency] = panels.filter(({ panels }) => panels.length > 1);
    expect(latency?.label).toBe('Variant');
    expect(latency?.panels.map(({ title }) => title)).toEqual(['green', 'blue']);
  });

  test('have their utilization in lines of the same colours right below their traffic, in no panel', async () => {
    const section = (await report).sections.find(({ title }) => title === 'Traffic and utilization');
    const charts = section?.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
    expect(charts?.map(({ id }) => id)).toEqual([
      'invocations',
      'utilization-by-variant-cpu',
      'utilization-by-variant-memory',
      'invocations-per-instance',
    ]);
    const cpu = chartOf(await report, 'series', 'utilization-by-variant-cpu');
    expect(cpu.title).toBe('CPU utilization, mean of instances, by variant');
    expect(cpu.series.map(({ label, values }) => [label, values[0]])).toEqual([
      ['blue', 50],
      ['green', 32.5],
    ]);
  });

  test('are named where one alone has charts, and where a figure is of one', async () => {
    const instances = (await report).sections
      .flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === 'panels' && block.panels.some(({ id }) => id.startsWith('instances-variant')));
    expect(instances?.kind === 'panels' && instances.panels.map(({ title }) => title)).toEqual(['green']);
    expect(chartOf(await report, 'series', 'time-cpu').title).toBe('CPU of the instances of green');
    expect(Object.keys(factsOf(await report))).toContain('Model latency, p99 of blue');
    const slow = [always('ModelLatency', 'p99', 300_000, 'green'), always('Invocation5XXErrors', 'Sum', 30, 'green')];
    const facts = factsOf(await reportOf(monitoredEndpoint({ variants: [BLUE, GREEN], series: [...series, ...slow] })));
    expect(facts['Model latency, p99 of green']).toMatch(/^300 ms; median of the minutes, highest 300 ms, /);
    expect(facts['4XX and 5XX errors']).toMatch(/; 10 % in green$/);
  });

  test('are compared, with their instances', async () => {
    expect(rowsOf(await report, 'variants-table')).toEqual([
      expect.objectContaining({ Variant: 'blue', Weight: 50, Invocations: 6300, 'Of all': 25.925925925925927 }),
      expect.objectContaining({ Variant: 'green', Weight: 50, Invocations: 18_000 }),
    ]);
    expect(rowsOf(await report, 'instances-table')).toContainEqual({
      Variant: 'green',
      Instance: 'i-2',
      Resource: 'CPU',
      Mean: 160,
      Highest: 160,
      'Mean of all': 40,
      'Highest of all': 40,
    });
    expect(textsOf(await report).join(' ')).toContain('the sum over its containers, primary and supplementary');
    expect(rowsOf(await report, 'metrics-read').map((row) => row['Group in the console'])).toContain('Endpoint Instance Metrics');
  });
});

test('cold starts and model loading are there where CloudWatch has them', async () => {
  const series = [
    always('Invocations', 'Sum', 10),
    seriesOf({ metric: 'ModelSetupTime', statistic: 'Average', value: (i) => (i % 20 === 0 ? 3e6 : undefined) }),
    always('ModelLoadingWaitTime', 'Average', 2e6),
    always('ModelCacheHit', 'Sum', 9),
    always('ModelCacheHit', 'SampleCount', 10),
    always('LoadedModelCount', 'Maximum', 12),
  ];
  const report = await reportOf(monitoredEndpoint({ series }));
  const { unit, series: lines } = chartOf(report, 'series', 'starting-time');
  expect([unit, lines.map(({ label, values }) => [label, values[0], values[1]])]).toEqual([
    'ms',
    [
      ['Set-up of compute', 3000, null],
      ['Wait for the model', 2000, 2000],
    ],
  ]);
  expect(chartOf(report, 'series', 'cache-hits').series[0]?.values[0]).toBe(90);
  expect(chartOf(report, 'series', 'loaded-models').series[0]?.values[0]).toBe(12);
  expect(textsOf(report)).toContain('Of 600 requests 540 (90 %) found their model loaded.');
  const without = await reportOf(monitoredEndpoint({ series: PLAIN }));
  expect(without.sections.map(({ title }) => title)).not.toContain('Cold starts and model loading');
});

test('a variant without charts has no panel', async () => {
  const serverless: Variant = { name: 'green', containers: ['container-1'], isServerless: true };
  const series = [...PLAIN, always('Invocations', 'Sum', 1, 'green'), always('ModelLatency', 'Average', 1, 'green')];
  const { sections } = await reportOf(monitoredEndpoint({ variants: [BLUE, serverless], series }));
  const panels = sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => (block.kind === 'panels' ? [[title, ...block.panels.map((panel) => panel.title)]] : [])),
  );
  expect(panels).toEqual([
    ['Errors', 'blue'],
    ['Latency', 'blue', 'green'],
    ['Model time and overhead', 'blue'],
  ]);
  expect(rowsOf({ sections }, 'variants-table')[1]).toMatchObject({ Variant: 'green', 'Instance type': 'serverless' });
});

test('issues are shaded in the charts of their variant alone', async () => {
  const failing = (variant: string, errors: number) => [
    always('Invocations', 'Sum', 1000, variant),
    always('Invocation5XXErrors', 'Sum', errors, variant),
  ];
  const report = await reportOf(
    monitoredEndpoint({ variants: [BLUE, GREEN], series: [...failing('blue', 500), ...failing('green', 1)] }),
  );
  const spans = chartsOf(report).flatMap((chart) =>
    chart.kind === 'series' && chart.id.startsWith('error-rates') ? [chart.spans.length] : [],
  );
  expect(spans).toEqual([1, 0]);
  const section = report.sections.find(({ title }) => title === 'Errors');
  expect(section).toMatchObject({ id: 'high-error-rate', rule: 'HighErrorRate' });
});

test('what was refused or is not there is told, the gravest first', async () => {
  const damage = [
    { kind: 'no data', count: 1, detail: 'There is no ModelLatency.' },
    { kind: 'not allowed', count: 1, detail: 'sagemaker:DescribeEndpoint is not allowed\u202e.' },
  ] as const;
  const report = await reportOf({ ...monitoredEndpoint(), damage });
  expect(rowsOf(report, 'data-quality-table').map((row) => row['What it means'])).toEqual([
    'sagemaker:DescribeEndpoint is not allowed\\u202e.',
    'There is no ModelLatency.',
  ]);
  expect(textsOf(report).join(' ')).toContain('CloudWatch has no data of this endpoint in this time');
});

test('names cannot hide characters', async () => {
  const name = 'a\u202eb';
  const series = [
    always('Invocations', 'Sum', 1, name),
    always('ModelLatency', 'p50', 1000, name),
    always('OverheadLatency', 'Average', 9, name),
  ];
  const report = await reportOf(monitoredEndpoint({ variants: [BLUE, { ...GREEN, name }], series: [...PLAIN, ...series] }));
  const { rules: _, ...shown } = report;
  expect(JSON.stringify(shown)).not.toContain('\u202e');
  expect(JSON.stringify(shown)).toContain('a\\\\u202eb');
});
