import { expect, test } from 'vitest';
import { monitor } from '../src/monitor.ts';
import { ENDPOINT, monitoredEndpoint, START, seriesOf } from './monitored.ts';

test('makes a report of an endpoint', async () => {
  const series = [seriesOf({ metric: 'Invocations', statistic: 'Sum', value: () => 100 })];
  const { report, files } = await monitor(monitoredEndpoint({ series }), { formats: ['html', 'json'] });
  expect(report.job).toMatchObject({ kind: 'endpoint', name: ENDPOINT, startSeconds: START, endSeconds: START + 3600 });
  expect(report.inputs[0]).toMatchObject({ status: 'read', detail: '1 series, 60 data points' });
  expect(files.map(({ path }) => path)).toEqual(['profiler-report.html', 'profiler-report.json']);
});
