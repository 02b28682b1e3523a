import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/model/report.ts';
import { SILENT } from '../../src/model/usage.ts';
import { cellTexts } from '../../src/writers/cells.ts';
import { embedJson } from '../../src/writers/embed.ts';
import { tableView } from '../../src/writers/html/table.ts';
import { keepUnits } from '../../src/writers/html/units.ts';
import { contentSecurityPolicy, html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';

const text = html(sampleReport);

function element(pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? '';
}

describe('the html', () => {
  it('is known as ours', () => {
    expect(text).toContain('<meta name="generator" content="profiler-report 1.2.3">');
  });

  it('holds the report itself', () => {
    expect(JSON.parse(element(/<script type="application\/json" id="profiler-report">(.*?)<\/script>/s))).toEqual(sampleReport);
  });

  it('allows its own script and styles by their hashes, and no connection', () => {
    const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    const plotly = inflateRawSync(
      Buffer.from(element(/<script type="text\/plain" id="plotly">(.*?)<\/script>/s), 'base64'),
    ).toString();
    const policy = contentSecurityPolicy(SILENT);
    expect(policy).toContain(`script-src ${hash(element(/<script>(.*?)<\/script>/s))} ${hash(plotly)};`);
    expect(policy).toContain(`style-src ${hash(element(/<style>(.*?)<\/style>/s))} ${hash('')};`);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/connect-src|unsafe-eval|script-src[^;]*unsafe/);
  });

  it('shows every text of the report', () => {
    const body = text.slice(text.indexOf('<body>'), text.indexOf('<script type="application/json"'));
    const hidden = new Set(
      sampleReport.rules.flatMap(({ descriptive, finding, triggered, parameters }) => [
        ...(descriptive ? [finding] : []),
        ...(triggered === undefined ? parameters.map(({ name }) => name) : []),
      ]),
    );
    const { inputs: _, problems: __, ...shown } = sampleReport;
    const missing: string[] = [];
    withTexts(shown as typeof sampleReport, (value) => {
      if (!hidden.has(value) && !body.replaceAll('\u00a0', ' ').includes(value.replace(/&/g, '&amp;'))) missing.push(value);
      return value;
    });
    expect(missing).toEqual([]);
  });

  it('has no two elements of one id', () => {
    const ids = [...text.slice(0, text.indexOf('<script')).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids.length).toBeGreaterThan(50);
  });

  it('is the same each time', () => {
    expect(html(sampleReport)).toBe(text);
  });
});

describe('a rule in the html', () => {
  const section = (i: number) =>
    text.slice(text.indexOf(`<section class="section" id="section-${i}"`)).split('</section>')[0] ?? '';

  it('tells the counts of the service and its parameters only where its file was read', () => {
    expect(section(0)).toContain('own count');
    expect(section(3)).not.toContain('own count');
    expect(text.slice(0, text.indexOf('<script'))).not.toContain('parameter_3');
  });

  it('has advice only where it was judged', () => {
    const only = { ...sampleReport, rules: sampleReport.rules.map((rule) => ({ ...rule, rule: 'LowGPUUtilization' as const })) };
    const count = (verdict: 'issue' | 'ok' | 'not judged' | 'error', needle: string) =>
      html({
        ...only,
        rules: only.rules.slice(0, 1).map((rule) => ({ ...rule, verdict })),
        sections: [{ id: 'one', title: 'One', rule: 'LowGPUUtilization', blocks: [] }],
      }).includes(needle);
    expect(count('issue', '<h3>What to do</h3>')).toBe(true);
    expect(count('ok', 'if this becomes an issue')).toBe(true);
    expect(count('not judged', 'class="advice"')).toBe(false);
    expect(count('error', 'class="advice"')).toBe(false);
  });

  it('says why where nothing could be judged, and not otherwise', () => {
    expect(text).not.toContain('Nothing could be judged');
    const rules = sampleReport.rules.map((rule, i) => ({
      ...rule,
      verdict: 'not judged' as const,
      reason: i % 2 ? 'no GPU' : 'no steps',
    }));
    const counts = { issue: 0, ok: 0, notJudged: rules.length, error: 0 };
    expect(html({ ...sampleReport, rules, counts })).toContain('Nothing could be judged: no steps; no GPU.');
  });
});

describe('a table in the html', () => {
  const view = (rows: Cell[][]) =>
    tableView({
      id: 't',
      title: 'T',
      columns: [
        { label: 'Name', kind: 'text' },
        { label: 'Share', kind: 'share' },
      ],
      rows,
      searchable: false,
    }).rows.map(({ cells }) => cells[0]?.share);

  it('draws the largest share at full length, the others in proportion', () => {
    expect(
      view([
        ['a', 4],
        ['b', 1],
        ['c', null],
        ['d', 'many'],
      ]),
    ).toEqual(['1.000', '0.250', undefined, undefined]);
    expect(view([['a', 0]])).toEqual([undefined]);
  });

  it('shows a name that is also a verdict as it is', () => {
    expect(
      cellTexts({
        id: 't',
        title: 'T',
        columns: [{ label: 'Name', kind: 'text' }],
        rows: [['ok'], ['error']],
        searchable: false,
      }),
    ).toEqual([['ok'], ['error']]);
  });
});

it('numbers stay with their units', () => {
  const kept = (text: string) => keepUnits(text).replaceAll('\u00a0', '_');
  expect(kept('(p5 0 %, p95 100 %) in 29 min 48 s, 3 ms of 5 MB')).toBe('(p5 0_%, p95 100_%) in 29_min 48_s, 3_ms of 5_MB');
  expect(kept('2 steps, 4 hours, 1 minute, 7 s_x')).toBe('2 steps, 4 hours, 1 minute, 7 s_x');
});

describe('the templates', () => {
  const folder = join(import.meta.dirname, '../../templates/html');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.hbs'));

  it('take as html only what the project itself makes', () => {
    const raw = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\{\{\{\s*(.*?)\s*\}\}\}|\{\{&/g)].map(([, field]) => field),
    );
    const ours = ['advice', 'advice', 'chart.svg', 'css', 'data', 'markdown', 'plotly', 'script', 'script', 'settings', 'usage'];
    expect(raw.sort()).toEqual(ours);
  });

  it('give every button a type, and have no form', () => {
    const all = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(all.match(/<button/g)?.length).toBe(all.match(/<button type="button"/g)?.length);
    expect(all).not.toContain('<form');
  });
});

describe('JSON in a script element', () => {
  it('holds nothing a parser of html or JavaScript would stop at', () => {
    const value = { '</script>': ['<!--', '\u2028\u2029', { __proto__: 1 }] };
    const embedded = embedJson(value);
    expect(embedded).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(embedded)).toEqual(value);
  });
});
