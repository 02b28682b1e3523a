import { describe, expect, test } from 'vitest';
import { cloudWatchFile } from '../../src/formats/cloudwatch.ts';
import type { Variant } from '../../src/model/monitored.ts';
import { details, ENDPOINT, inShort, query, read, result, TRAINING } from './cloudwatch-prints.ts';

describe('what get-metric-data printed', () => {
  test('is read by its queries, from the same file or another one', () => {
    const MetricDataQueries = [
      query('m1', 'ModelLatency', 'p99'),
      query('m2', 'ContainerLatency', 'Average', { EndpointName: 'shop-search', VariantName: 'blue', ContainerName: 'rank' }),
      query('m3', 'CPUUtilization', 'Maximum', { Host: 'shop-search/blue/i-0abc' }, '/aws/sagemaker/Endpoints'),
    ];
    const MetricDataResults = [result('m1', 'a', 9000, 8000), result('m2', 'b', 7000), result('m3', 'c', 180, 190)];
    const together = read({ 'all.json': { MetricDataQueries, MetricDataResults, Messages: [] } });
    expect(inShort(together)).toEqual({
      'ModelLatency p99 Microseconds 60 shop-search|blue': [
        [0, 9000],
        [1, 8000],
      ],
      'ContainerLatency Average Microseconds 60 shop-search|blue|rank': [[0, 7000]],
      'CPUUtilization Maximum Percent 60 shop-search/blue/i-0abc': [
        [0, 180],
        [1, 190],
      ],
    });
    expect(together.subject).toEqual({ ...ENDPOINT, variants: [{ name: 'blue', containers: ['rank'] }], phases: [] });
    expect(together).toMatchObject({ source: 'all.json', startSeconds: 1793610000, endSeconds: 1793610120, damage: [] });
    const asked = { StartTime: '2026-11-02T09:00:00Z', EndTime: '2026-11-02T10:00:00Z', MetricDataQueries };
    for (const queries of [asked, MetricDataQueries]) {
      const apart = read({ 'data.json': { MetricDataResults }, 'queries.json': queries });
      expect(apart).toEqual({ ...together, source: 'data.json and queries.json' });
    }
  });

  test.each([
    ['AllTraffic ModelLatency p99', 'ModelLatency p99 Microseconds 60 shop-search|AllTraffic'],
    ['p99.9 shop-search AllTraffic ModelLatency', 'ModelLatency p99.9 Microseconds 60 shop-search|AllTraffic'],
    ['blue/container-1 ContainerLatency Average', 'ContainerLatency Average Microseconds 60 shop-search|blue|container-1'],
    ['Sum blue Invocation5XXErrors', 'Invocation5XXErrors Sum None 60 shop-search|blue'],
    ['AWS/SageMaker VariantName=blue, InvocationsPerInstance', 'InvocationsPerInstance Sum Count 60 shop-search|blue'],
    ['shop-search/blue/i-0abc MemoryUtilizaton Maximum', 'MemoryUtilization Maximum Percent 60 shop-search/blue/i-0abc'],
    ['blue CPUUtilization Min', 'CPUUtilization Minimum Percent 60 shop-search|blue'],
  ])('is read by the label %s', (label, series) => {
    const monitored = read({ 'data.json': { MetricDataResults: [result('m1', label, 1, 2)] } });
    expect(inShort(monitored)).toEqual({
      [series]: [
        [0, 1],
        [1, 2],
      ],
    });
    expect(monitored.damage).toEqual([]);
  });

  test.each([
    ['algo-2 CPUUtilization Average', 'resnet-2026/algo-2', []],
    ['resnet-2026/algo-1 CPUUtilization Average', 'resnet-2026/algo-1', []],
    ['Host=resnet-2026/algo-3 CPUUtilization Average', 'resnet-2026/algo-3', []],
    [
      'CPUUtilization Average',
      'resnet-2026/algo-1',
      ['assumed: The label of CPUUtilization Average does not tell all: the host as algo-1 was assumed.'],
    ],
  ])('is of the host in the label %s', (label, host, damage) => {
    const monitored = read({ 'data.json': { MetricDataResults: [result('m1', label, 1)] } }, TRAINING);
    expect(Object.keys(inShort(monitored))).toEqual([`CPUUtilization Average Percent 60 ${host}`]);
    expect(details(monitored)).toEqual(damage);
  });

  test('has no disk of a transform job, and nothing of another job', () => {
    const asked = { ...TRAINING, kind: 'transform job' as const };
    const labels = ['CPUUtilization Average', 'DiskUtilization Average', 'other-job/algo-1 CPUUtilization Average'];
    const monitored = read({ 'data.json': { MetricDataResults: labels.map((label, i) => result(`m${i}`, label, 1)) } }, asked);
    expect(monitored.series.map(({ namespace, metric }) => [namespace, metric])).toEqual([
      ['/aws/sagemaker/TransformJobs', 'CPUUtilization'],
    ]);
    expect(details(monitored).filter((one) => one.startsWith('left out'))).toEqual([
      expect.stringContaining('no metric of transform jobs can be made out'),
      expect.stringContaining('it is of other-job, not of the transform job resnet-2026'),
    ]);
  });

  test('is of the variant asked for where the label has none, and of the usual statistic, which is told', () => {
    const monitored = read(
      { 'data.json': { MetricDataResults: [result('m1', 'ModelLatency', 5)] } },
      { ...ENDPOINT, variant: 'green' },
    );
    expect(Object.keys(inShort(monitored))).toEqual(['ModelLatency Average Microseconds 60 shop-search|green']);
    expect(details(monitored)).toEqual([
      'assumed: The label of ModelLatency does not tell all: the statistic as Average was assumed.',
    ]);
    const byId = read({ 'data.json': { MetricDataResults: [result('modellatency_p90', 'green', 5)] } });
    expect(Object.keys(inShort(byId))).toEqual(['ModelLatency p90 Microseconds 60 shop-search|green']);
  });

  test.each([
    ['ModelLatency p99', 'no variant can be made out: name it with --variant, or give the file with the MetricDataQueries along'],
    ['blue rank ModelLatency p99', 'what blue and rank stand for cannot be made out: give the file with the MetricDataQueries'],
    ['blue ContainerLatency p99', 'no container can be made out: give the file'],
    ['blue errors', 'no metric of endpoints can be made out: give the file'],
    ['blue Invocations p99', 'p99 is no statistic of Invocations, it has Sum and SampleCount'],
    ['/aws/sagemaker/TrainingJobs blue CPUUtilization', 'the namespace is /aws/sagemaker/TrainingJobs, not that of an endpoint'],
    ['other-endpoint/blue/i-1 CPUUtilization', 'what other-endpoint/blue/i-1 stands for cannot be made out'],
  ])('is left out by the label %s, and that is told', (label, why) => {
    const MetricDataResults = [result('m1', 'blue Invocations Sum', 1), result('m2', label, 1)];
    const monitored = read({ 'data.json': { MetricDataResults } });
    expect(monitored.series).toHaveLength(1);
    expect(details(monitored)).toEqual([expect.stringContaining(`left out: ${label} was left out: ${why}`)]);
  });

  test.each([
    [
      query('m2', 'ModelLatency', 'tm99'),
      'tm99 is no statistic of ModelLatency, it has Average, Sum, Minimum, Maximum, SampleCount and',
    ],
    [query('m2', 'CPUUtilization', 'Sum', { Host: 'shop-search/blue/i-1' }, '/aws/sagemaker/Endpoints'), 'Sum is no statistic'],
    [query('m2', 'Latency', 'Sum'), 'AWS/SageMaker has no metric Latency'],
    [query('m2', 'DiskUtilization', 'Average', { Host: 'a/b' }, 'CWAgent'), 'the namespace is CWAgent'],
    [
      query('m2', 'CPUUtilization', 'Average', { Host: 'shop-search/a' }, '/aws/sagemaker/TransformJobs'),
      'not that of an endpoint',
    ],
    [
      query('m2', 'Invocations', 'Sum', { EndpointName: 'other', VariantName: 'blue' }),
      'it is of other, not of the endpoint shop-search',
    ],
    [
      query('m2', 'Invocations', 'Sum', { EndpointName: 'shop-search' }),
      'the dimensions are EndpointName, those of Invocations are',
    ],
    [{ Id: 'x', Expression: 'm1 / 2', Label: 'half' }, 'it is computed: m1 / 2'],
  ])('leaves out %j', (other, why) => {
    const MetricDataResults = [result('m1', 'Invocations', 1), result(other.Id, 'blue Invocations SampleCount', 1)];
    const monitored = read({ 'data.json': { MetricDataQueries: [query('m1', 'Invocations', 'Sum'), other], MetricDataResults } });
    expect(monitored.series).toHaveLength(1);
    expect(details(monitored)).toEqual([expect.stringContaining(why)]);
  });

  test('refuses a unit that is another one, and takes one that CloudWatch names', () => {
    const other = query('m2', 'ModelLatency', 'Average');
    const [none, milliseconds] = ['None', 'Milliseconds'].map((Unit, i) => {
      const { Id: _, MetricStat } = [query('m1', 'Invocations', 'Sum'), other][i] as typeof other;
      return { Id: `m${i + 1}`, MetricStat: { ...MetricStat, Unit } };
    });
    const MetricDataResults = [result('m1', 'a', 1), result('m2', 'b', 1)];
    const monitored = read({ 'data.json': { MetricDataQueries: [none, milliseconds], MetricDataResults } });
    expect(monitored.series.map(({ unit }) => unit)).toEqual(['None']);
    expect(details(monitored)[0]).toContain('the unit is Milliseconds, that of ModelLatency is Microseconds');
  });

  test('is read over its pages, whatever the order and the way times are written', () => {
    const page = (Timestamps: unknown[], Values: unknown[], more: object = {}) => ({
      MetricDataResults: [{ Id: 'm1', Label: 'blue Invocations Sum', Timestamps, Values, StatusCode: 'PartialData' }],
      ...more,
    });
    const text = [
      page(['2026-11-02T10:05:00+01:00', '2026-11-02 09:04:00'], [5, 4], { NextToken: 'abc' }),
      page([1793610180, 1793610120000], [3, 2]),
      page([], []),
      page(['2026-11-02T09:01:00.000Z', '2026-11-02T03:30:00-05:30'], [1, 0]),
    ]
      .map((one) => JSON.stringify(one, null, 2))
      .join('\n');
    const monitored = read({ 'pages.json': `\ufeff${text}` });
    expect(Object.values(inShort(monitored))).toEqual([[0, 1, 2, 3, 4, 5].map((minute) => [minute, minute])]);
    expect(details(monitored)).toEqual([
      'left out: CloudWatch has more pages than are here: ask for all of them.',
      'left out: blue Invocations Sum is not complete: CloudWatch had more data points.',
    ]);
  });

  test('tells damage: doubled, misordered and unreadable data points, what CloudWatch said', () => {
    const Timestamps = [
      '2026-11-02T09:00:00Z',
      '2026-11-02T09:02:00Z',
      '2026-11-02T09:01:00Z',
      '2026-11-02T09:01:00Z',
      'soon',
      '2026-02-31T09:00:00Z',
      '2026-11-02T09:03:00Z',
    ];
    const text = JSON.stringify({
      MetricDataResults: [
        { Id: 'm1', Label: 'blue Invocations Sum', Timestamps, Values: [1, 3, 2, 7, 1, 1, '@', 9], StatusCode: 'Complete' },
        {
          Id: 'm2',
          Label: 'blue ModelLatency p99',
          Timestamps: [],
          Values: [],
          StatusCode: 'Forbidden',
          Messages: [{ Value: 'Ask.' }],
        },
        { Id: 'm3', Label: 'blue ModelLatency p50', Timestamps: [], Values: [], StatusCode: 'Complete' },
      ],
      Messages: [{ Code: 'MaxMetricsExceeded', Value: 'Only some were searched.' }],
    }).replace('"@"', 'NaN');
    const monitored = read({ 'data.json': text });
    expect(Object.values(inShort(monitored))).toEqual([
      [
        [0, 1],
        [1, 7],
        [2, 3],
      ],
    ]);
    expect(monitored.damage.map(({ kind, count, detail }) => [kind, count, detail])).toEqual([
      ['bad lines', 4, 'Data points of blue Invocations Sum without a moment or a number were left out.'],
      ['misplaced rows', 1, 'Data points of blue Invocations Sum were put in order of time.'],
      ['left out', 1, 'CloudWatch says: Only some were searched.'],
      ['no data', 1, 'blue ModelLatency p99 has no data points.'],
      ['no data', 1, 'blue ModelLatency p50 has no data points.'],
      ['not allowed', 1, 'CloudWatch answered Forbidden for blue ModelLatency p99. Ask.'],
      [
        'repeated rows',
        1,
        expect.stringMatching(/^1 data point of Invocations Sum came more than once, 1 of them with another value/),
      ],
    ]);
  });

  test('is read by its labels where a search found it', () => {
    const Expression = "SEARCH('{AWS/SageMaker,EndpointName,VariantName} ModelLatency', 'p99')";
    const MetricDataResults = [result('e1', 'blue ModelLatency p99', 1), result('e1', 'green ModelLatency p99', 2)];
    const monitored = read({ 'data.json': { MetricDataQueries: [{ Id: 'e1', Expression }], MetricDataResults } });
    expect(monitored.subject.variants.map(({ name }) => name)).toEqual(['blue', 'green']);
  });

  test('keeps apart what cannot be told apart', () => {
    const MetricDataResults = [result('m1', 'blue ModelLatency p99', 1), result('m2', 'blue ModelLatency p99', 2)];
    const monitored = read({ 'data.json': { MetricDataResults } });
    expect(Object.values(inShort(monitored))).toEqual([[[0, 1]]]);
    expect(details(monitored)[0]).toContain('another result has the same words: give the file with the MetricDataQueries along');
  });

  test('has the period of its points, where they are sparse that of the others', () => {
    const every = (minutes: number, label: string) => ({
      Label: label,
      Timestamps: Array.from({ length: 12 }, (_, i) => 1793610000 + i * minutes * 60),
      Values: Array(12).fill(1),
    });
    const sparse = { Label: 'blue Invocation5XXErrors Sum', Timestamps: [1793610000, 1793610420], Values: [1, 1] };
    const now = [0, 3, 9, 11, 18, 25, 31, 40, 44, 52, 59, 61].map((minute) => 1793610000 + minute * 60);
    const irregular = { Label: 'blue Invocation4XXErrors Sum', Timestamps: now, Values: now };
    const MetricDataResults = [every(1, 'blue Invocations Sum'), sparse, irregular, every(5, 'blue ModelLatency p99')];
    const { series } = read({ 'data.json': { MetricDataResults } });
    expect(series.map(({ periodSeconds }) => periodSeconds)).toEqual([60, 60, 60, 300]);
  });

  test('is of the variant and the time asked for', () => {
    const MetricDataResults = [result('m1', 'blue Invocations Sum', 1, 2, 3), result('m2', 'green Invocations Sum', 4, 5, 6)];
    const asked = { ...ENDPOINT, variant: 'green', startSeconds: 1793610060, endSeconds: 1793610120, region: 'eu-west-1' };
    const monitored = read({ 'data.json': { MetricDataResults } }, asked);
    expect(inShort(monitored)).toEqual({ 'Invocations Sum Count 60 shop-search|green': [[1, 5]] });
    expect(monitored).toMatchObject({ startSeconds: 1793610060, endSeconds: 1793610120, subject: { region: 'eu-west-1' } });
    expect(details(monitored)).toEqual([expect.stringContaining('it is of the variant blue, not of green')]);
  });
});

describe('what get-metric-statistics printed', () => {
  const point = (minute: number, values: object) => ({
    Timestamp: `2026-11-02T09:0${minute}:00+00:00`,
    Unit: 'Microseconds',
    ...values,
  });

  test('is read with all its statistics, in order of time', () => {
    const Datapoints = [
      point(2, { Average: 3, SampleCount: 7, ExtendedStatistics: { p99: 30, 'p99.9': 33 } }),
      point(0, { Average: 1, SampleCount: 9, ExtendedStatistics: { p99: 10, 'p99.9': 11 } }),
    ];
    const monitored = read({ 'latency.json': { Label: 'ModelLatency', Datapoints } }, { ...ENDPOINT, variant: 'blue' });
    const series = (...values: number[]) => [0, 2].map((minute, i) => [minute, values[i]]);
    expect(inShort(monitored)).toEqual({
      'ModelLatency Average Microseconds 120 shop-search|blue': series(1, 3),
      'ModelLatency SampleCount Microseconds 120 shop-search|blue': series(9, 7),
      'ModelLatency p99 Microseconds 120 shop-search|blue': series(10, 30),
      'ModelLatency p99.9 Microseconds 120 shop-search|blue': series(11, 33),
    });
    expect(monitored.damage).toEqual([]);
  });

  test('goes on where get-metric-data ended', () => {
    const data = { MetricDataQueries: [query('m1', 'ModelLatency', 'Average')], MetricDataResults: [result('m1', 'a', 1, 2)] };
    const statistics = { Label: 'ModelLatency', Datapoints: [point(1, { Average: 7 }), point(4, { Average: 5 })] };
    const monitored = read({ 'a.json': statistics, 'b.json': data }, { ...ENDPOINT, variant: 'blue' });
    expect(inShort(monitored)).toEqual({
      'ModelLatency Average Microseconds 60 shop-search|blue': [
        [0, 1],
        [1, 7],
        [4, 5],
      ],
    });
    expect(details(monitored)).toEqual([expect.stringContaining('1 data point of ModelLatency Average came more than once')]);
  });

  test('is of the host that the name of the file tells, else of the first one', () => {
    const Datapoints = [point(0, { Average: 50, Unit: 'Percent', Sum: 100, ExtendedStatistics: { p90: 1 } })];
    const print = { Label: 'CPUUtilization', Datapoints };
    const monitored = read({ 'cpu.json': print, 'cpu-algo-2.json': print }, { ...TRAINING, instanceType: 'ml.m5.large' });
    expect(Object.keys(inShort(monitored))).toEqual([
      'CPUUtilization Average Percent 60 resnet-2026/algo-1',
      'CPUUtilization Average Percent 60 resnet-2026/algo-2',
    ]);
    expect(monitored.subject).toMatchObject({ kind: 'training job', instanceType: 'ml.m5.large', variants: [] });
    expect(details(monitored)).toEqual([
      'assumed: Nothing tells the host of CPUUtilization: the host as algo-1 was assumed.',
      expect.stringContaining('Sum is no statistic of CPUUtilization'),
      expect.stringContaining('p90 is no statistic of CPUUtilization'),
      expect.stringContaining('Sum is no statistic of CPUUtilization'),
      expect.stringContaining('p90 is no statistic of CPUUtilization'),
    ]);
  });
});

describe('what was saved', () => {
  const saved = () => {
    const MetricDataResults = [result('m1', 'blue Invocations Sum', 1, 2, 3), result('m2', 'green Invocations Sum', 4)];
    const monitored = read({ 'data.json': { MetricDataResults } });
    const line = (stream: string, seconds: number) => ({ stream, seconds, message: 'ERROR' });
    const lines = [line('blue/i-1', 1793610000), line('green/i-2', 1793610060)];
    return { ...monitored, logs: { group: '/aws/sagemaker/Endpoints/shop-search', lines, leftOut: 3 } };
  };

  test('is read as it was, or as much of it as is asked for', () => {
    const file = cloudWatchFile(saved());
    expect(read({ 'saved.json': file })).toEqual(saved());
    const blue = read({ 'saved.json': file }, { ...ENDPOINT, variant: 'blue', startSeconds: 1793610060 });
    expect(inShort(blue)).toEqual({
      'Invocations Sum Count 60 shop-search|blue': [
        [1, 2],
        [2, 3],
      ],
    });
    expect(blue.subject.variants.map(({ name }) => name)).toEqual(['blue']);
    expect(blue.logs.lines).toEqual([]);
    expect(blue.startSeconds).toBe(1793610060);
  });

  test('is on the machines that are told, where the file does not', () => {
    const given = saved();
    const [blue, ...others] = given.subject.variants;
    const known = {
      ...given,
      subject: { ...given.subject, variants: [{ ...(blue as Variant), instanceType: 'ml.g5.xlarge' }, ...others] },
    };
    const { subject } = read(
      { 'saved.json': cloudWatchFile(known) },
      { ...ENDPOINT, instanceType: 'ml.m5.large', instanceCount: 2 },
    );
    expect(subject.variants.map(({ instanceType, instanceCount }) => [instanceType, instanceCount])).toEqual([
      ['ml.g5.xlarge', 2],
      ['ml.m5.large', 2],
    ]);
    expect(subject).not.toHaveProperty('instanceType');
  });

  test('is what get-metric-data prints as well', () => {
    const { ProfilerReport: _, ...print } = JSON.parse(cloudWatchFile(saved()));
    expect(Object.keys(print)).toEqual(['MetricDataQueries', 'MetricDataResults', 'Messages']);
    expect(read({ 'data.json': print }).series).toEqual(saved().series);
  });

  test('is refused of another thing, from a later version, changed, or beside others', () => {
    const file = cloudWatchFile(saved());
    const changed = (from: string | RegExp, to: string) => ({ 'saved.json': file.replace(from, to) });
    expect(() => read({ 'saved.json': file }, { ...ENDPOINT, name: 'other' })).toThrow(
      'saved.json is of the endpoint shop-search, not of the endpoint other',
    );
    expect(() => read({ 'saved.json': file }, { ...ENDPOINT, variant: 'red' })).toThrow(
      'saved.json has no variant red; it has blue and green.',
    );
    expect(() => read(changed('"formatVersion":1', '"formatVersion":2'))).toThrow(
      'saved.json was saved by a newer profiler-report: update this one.',
    );
    expect(() => read(changed('"startSeconds":1793610000', '"startSeconds":null'))).toThrow(
      /^saved\.json: ProfilerReport\.startSeconds: .* It was changed/,
    );
    expect(() => read({ 'saved.json': file, 'other.json': file })).toThrow(
      'saved.json was saved by `monitor` and tells all: give it alone.',
    );
  });
});
