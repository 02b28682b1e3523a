import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/logs/without-secrets.ts';
import type { LogLine, Logs, Monitored } from '../../src/model/monitored.ts';
import type { Section, Table } from '../../src/model/report.ts';
import { monitor } from '../../src/monitor.ts';
import { monitoredEndpoint, START } from '../monitored.ts';

const at = (seconds: number, message: string, stream = 'blue/i-1'): LogLine => ({ seconds: START + seconds, stream, message });

async function sectionOf(lines: readonly LogLine[], change: Partial<Logs> = {}): Promise<Section> {
  const monitored: Monitored = monitoredEndpoint({ lines });
  const { report } = await monitor({ ...monitored, logs: { ...monitored.logs, ...change } });
  const section = report.sections.find(({ id }) => id === 'logs');
  if (!section) throw new Error('no section on logs');
  return section;
}

function tableOf({ blocks }: Section, id: string): Table {
  const found = blocks.flatMap((block) => (block.kind === 'table' && block.table.id === id ? [block.table] : []))[0];
  if (!found) throw new Error(`no table ${id}`);
  return found;
}

const textsOf = ({ blocks }: Section) => blocks.flatMap((block) => ('text' in block ? [block.text] : []));

const LINES = [
  at(10, 'INFO loaded'),
  at(60, 'ERROR request 17 timed out'),
  at(90, 'ERROR request 18 timed out', 'blue/i-2'),
  at(120, 'Traceback (most recent call last):'),
  at(120, '  File "/opt/serve.py", line 88, in embed'),
  at(120, 'ValueError: batch 7 is empty'),
];

test('groups errors by pattern, and tells lines with their moments', async () => {
  const section = await sectionOf(LINES);
  expect(textsOf(section)[0]).toBe(
    '3 errors in log group /aws/sagemaker/Endpoints/shop-search, of 2 patterns, from 2026-11-02 09:01:00 UTC to 2026-11-02 09:02:00 UTC. 1 other line around them or around spikes of the metrics.',
  );
  expect(tableOf(section, 'log-patterns').rows).toEqual([
    ['ERROR request <n> timed out', 2, '2026-11-02 09:01:00', '2026-11-02 09:01:30', 'blue/i-1 and 1 more'],
    ['ValueError: batch <n> is empty', 1, '2026-11-02 09:02:00', '2026-11-02 09:02:00', 'blue/i-1'],
  ]);
  const { rows, moments } = tableOf(section, 'log-lines');
  expect(moments).toEqual([10, 60, 90, 120].map((seconds) => START + seconds));
  expect(rows.at(-1)).toEqual([
    '2026-11-02 09:02:00',
    'blue/i-1',
    'Traceback (most recent call last): ⏎ File "/opt/serve.py", line 88, in embed ⏎ ValueError: batch 7 is empty',
  ]);
});

test('says what was masked when it was read, and makes visible what hides', async () => {
  const read = monitoredEndpoint({ lines: [at(0, 'ERROR password=hunter2 \u202e\u001b[31mred')] });
  const { lines } = withoutSecrets(read).logs;
  const section = await sectionOf(lines);
  expect(JSON.stringify(section)).not.toContain('hunter2');
  expect(tableOf(section, 'log-lines').rows[0]?.[2]).toBe('ERROR password=[masked: password] \\u202e\\u001b[31mred');
  expect(textsOf(section).join()).toContain('[masked: password]');
});

test('shows lines that match --grep in a table of their own, or that none does', async () => {
  expect(tableOf(await sectionOf(LINES, { grep: 'load.d' }), 'log-matches')).toMatchObject({
    title: 'Log lines that match load.d',
    rows: [['2026-11-02 09:00:10', 'blue/i-1', 'INFO loaded']],
  });
  expect(textsOf(await sectionOf(LINES, { grep: 'nowhere' }))).toContain('No log line matches nowhere.');
  const long = [at(0, `ERROR ${'very '.repeat(500)}long`)];
  expect(textsOf(await sectionOf(long, { grep: 'long' }))).toContain('Of a line only the first 2,000 characters were looked at.');
});

test('says when nothing looks like an error, and is not there without a log group', async () => {
  const quiet = await sectionOf([at(0, 'INFO up')]);
  expect(textsOf(quiet)[0]).toBe('No line of log group /aws/sagemaker/Endpoints/shop-search looks like an error.');
  await expect(sectionOf([])).rejects.toThrow('no section on logs');
});

test('of very many lines keeps those that are not said again at about that time', async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => at(i / 10, i === 6_000 ? 'ERROR only once' : `ERROR again ${i}`));
  const section = await sectionOf(lines, { leftOut: 12 });
  const { rows, totalRows, moments } = tableOf(section, 'log-lines');
  expect([rows.length, totalRows, moments?.length]).toEqual([2000, 10_000, 2000]);
  expect(rows.map((row) => row[2])).toContain('ERROR only once');
  expect(moments?.at(-1)).toBeGreaterThan(START + 990);
  expect(moments).toEqual(moments?.toSorted((a, b) => a - b));
  expect(textsOf(section).join()).toContain('12 more error lines were left out');
});

test('of very many patterns the most frequent, and how many are left out', async () => {
  const word = (i: number) => String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26));
  const section = await sectionOf(Array.from({ length: 60 }, (_, i) => at(i, `ERROR ${word(i)}`)));
  expect(tableOf(section, 'log-patterns').rows).toHaveLength(50);
  expect(textsOf(section)).toContain('10 more patterns with 10 errors are left out.');
});

test('a report with 2,000 long lines stays small enough to open', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => at(i, `ERROR ${'word '.repeat(60)}${i}`));
  const { files } = await monitor(monitoredEndpoint({ lines }), { formats: ['html'] });
  const { files: without } = await monitor(monitoredEndpoint(), { formats: ['html'] });
  const size = (made: typeof files) => made[0]?.bytes.length ?? 0;
  expect(size(files) - size(without)).toBeLessThan(2_000_000);
});
