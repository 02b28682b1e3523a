import { describe, expect, test } from 'vitest';
import { concerns, madeAt, readListing } from '../../jupyter-extension/src/panel/place.ts';
import { search } from '../../jupyter-extension/src/panel/search.ts';
import { statusText } from '../../jupyter-extension/src/panel/status.ts';
import { embeddedReport, reportView } from '../../jupyter-extension/src/panel/view.ts';
import { monitor } from '../../src/monitor.ts';
import { html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { ENDPOINT, monitoredEndpoint } from '../monitored.ts';
import { drive, type Listed } from './drive.ts';

describe('what is shown of a report', () => {
  const view = reportView(JSON.parse(JSON.stringify(sampleReport)));

  test('is every rule that judges, in the order of the report, with its section', () => {
    const judging = sampleReport.rules.filter(({ descriptive }) => !descriptive);
    expect(view.rules.map(({ title }) => title)).toEqual(judging.map(({ title }) => title));
    expect(view.rules[0]).toEqual({ verdict: 'issue', title: 'Rule 0 title', reason: 'rule 0 reason', sectionId: 'section-0' });
    expect(Object.values(view.counts).reduce((sum, count) => sum + count)).toBe(judging.length);
    expect(view).toMatchObject({ job: sampleReport.job.name, isNewer: false });
  });

  test('is the same from the html', () => {
    expect(reportView(embeddedReport(html(sampleReport)))).toEqual(view);
    expect(embeddedReport('<html>of somebody else</html>')).toBeUndefined();
    expect(() => embeddedReport('<script type="application/json" id="profiler-report">{</script>')).toThrow('is no JSON');
  });

  test('is the same of an endpoint', async () => {
    const { report, files } = await monitor(monitoredEndpoint(), { formats: ['html'] });
    const seen = reportView(embeddedReport(new TextDecoder().decode(files[0]?.bytes)));
    expect(seen).toMatchObject({ job: ENDPOINT, isNewer: false });
    expect(seen.rules.map(({ sectionId }) => sectionId)).toEqual(report.rules.map(({ sectionId }) => sectionId));
    expect(seen.counts.notJudged).toBe(report.rules.length);
  });

  test('is what can be read where the file is of a newer version, or lacks parts', () => {
    const rules = [
      { verdict: 'issue', rule: 'A' },
      { verdict: 'maybe' },
      { verdict: 'constructor' },
      7,
      { verdict: 'ok', title: 'B\u202e', reason: 'c' },
    ];
    const newer = reportView({ format: 'profiler-report', formatVersion: 99, rules });
    expect(newer).toMatchObject({ isNewer: true, counts: { issue: 1, ok: 1, notJudged: 0, error: 0 } });
    expect(newer.rules.map(({ title }) => title)).toEqual(['A', 'B\\u202e']);
  });

  test.each([[null], [[]], ['x'], [{}], [{ format: 'profiler-report' }], [{ format: 'x', rules: [] }]])('%j is none', (value) => {
    expect(() => reportView(value)).toThrow('is no report');
  });
});

describe('a listed folder', () => {
  const listed = (files: Record<string, string>) => readListing(drive(files).listing(''));

  test('holds a report by the names of its files', () => {
    const { place, below } = listed({
      'profiler-report.html': '',
      'profiler-report.ipynb': '',
      'other.json': '',
      'a/x': '',
      '.git/x': '',
    });
    expect(place).toMatchObject({
      folder: '',
      html: { path: 'profiler-report.html' },
      notebook: { path: 'profiler-report.ipynb' },
    });
    expect(place).not.toHaveProperty('json');
    expect(below.map(({ path }) => path)).toEqual(['a']);
  });

  test('holds one that can be made where it holds rule files', () => {
    expect(listed({ 'profiler-reports/LowGPUUtilization.json': '' }).place?.rules?.path).toBe('profiler-reports');
    expect(listed({ 'Dataloader.json': '' }).place?.rules?.path).toBe('');
    expect(listed({ 'x.json': '', 'profiler-report.html/x': '' }).place).toBeUndefined();
  });

  test('is as old as the newest of its files', () => {
    const at = (last_modified: string) => ({ last_modified }) as Listed;
    expect(madeAt({ folder: '', html: at('2026-01-02T00:00:00Z'), json: at('2026-01-01T00:00:00Z') })).toBe(
      '2026-01-02T00:00:00Z',
    );
    expect(madeAt({ folder: '', rules: at('2026-01-03T00:00:00Z') })).toBe('2026-01-03T00:00:00Z');
    expect(madeAt({ folder: '' })).toBeUndefined();
  });

  test('is looked at again where a file of a report changes below it', () => {
    expect(concerns('a/b/profiler-report.html', 'a')).toBe(true);
    expect(concerns('s3:b/profiler-reports/x.json', 's3:')).toBe(true);
    expect(concerns('a/newfolder', '')).toBe(true);
    expect(concerns('ab/profiler-report.html', 'a')).toBe(false);
    expect(concerns('a/notes.txt', 'a')).toBe(false);
    expect(concerns(undefined, '')).toBe(false);
  });
});

describe('the search', () => {
  const never = new AbortController().signal;
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`jobs/${i}/profiler-report.json`, '{}']));

  test('finds what is near first, at most four requests at once', async () => {
    const contents = drive({ ...many, 'profiler-report.html': '', 'a/b/c/profiler-report.html': '' });
    const found: string[] = [];
    const searched = await search(contents, '', ({ folder }) => found.push(folder), never);
    expect(found).toHaveLength(202);
    expect([found[0], found.at(-1)]).toEqual(['', 'a/b/c']);
    expect(searched).toEqual({ folders: 205, isPartial: false, unreadable: [] });
    expect(contents.mostAtOnce()).toBe(4);
  });

  test('says where it left folders out, for their number or their depth', async () => {
    const found: string[] = [];
    expect(await search(drive(many), '', ({ folder }) => found.push(folder), never, 50)).toMatchObject({
      folders: 50,
      isPartial: true,
    });
    expect(found).toHaveLength(48);
    const deep = drive({ [`${'d/'.repeat(12)}profiler-report.html`]: '' });
    expect(await search(deep, '', () => {}, never)).toMatchObject({ isPartial: true });
  });

  test('goes on where a folder cannot be read, and names it', async () => {
    const found: string[] = [];
    const contents = drive({ 'a/profiler-report.html': '', 'b/profiler-report.html': '' }, ['a']);
    const searched = await search(contents, '', ({ folder }) => found.push(folder), never);
    expect([found, searched.unreadable]).toEqual([['b'], ['a']]);
  });

  test('ends when it is told to, and finds nothing after that', async () => {
    const stop = new AbortController();
    const found: string[] = [];
    const searching = search(drive(many), '', ({ folder }) => void (found.push(folder) === 5 && stop.abort()), stop.signal);
    await expect(searching).rejects.toThrow('abort');
    await new Promise((done) => setTimeout(done, 50));
    expect(found).toHaveLength(5);
  });
});

test.each([
  [0, undefined, 'Looking for reports…'],
  [2, undefined, '2 reports so far…'],
  [0, { folders: 3, isPartial: false, unreadable: [] }, 'No profiling reports below this folder.'],
  [
    1,
    { folders: 400, isPartial: true, unreadable: ['a', 'b\n'] },
    '1 report below this folder. Not all folders were looked at, only the 400 nearest: open a folder further down to see the rest. Could not be read: a and b\\u000a.',
  ],
])('%i reports, %j: %s', (reports, searched, text) => expect(statusText(reports, searched)).toBe(text));
