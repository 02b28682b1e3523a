import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { json } from '../../src/writers/json.ts';
import { sampleReport } from '../fixtures/sample-report.ts';

test('a long list of numbers takes one line, and everything is as it was', () => {
  const numbers = Array.from({ length: 5000 }, (_, i) => (i % 9 === 0 ? null : i * -1.5e-7));
  const table = { id: 't', title: '[\n  1,\n  2\n]', columns: [], rows: [numbers], searchable: false };
  const report: Report = {
    ...sampleReport,
    sections: [...sampleReport.sections, { id: 'x', title: 'x', blocks: [{ kind: 'table', table }] }],
  };
  const text = json(report);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
  expect(text).toContain(`[null, ${JSON.stringify(numbers.slice(1, 3)).slice(1, -1).replace(',', ', ')},`);
  expect(text.split('\n').length).toBeLessThan(json(sampleReport).split('\n').length + 50);
});
