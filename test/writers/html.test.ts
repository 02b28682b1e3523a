import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chartBytes, chartOfBytes, isPacked } from '../../src/charts/pack.ts';
import type { Cell } from '../../src/model/report.ts';
import { SILENT } from '../../src/model/usage.ts';
import { cellTexts } from '../../src/writers/cells.ts';
import { embedJson } from '../../src/writers/embed.ts';
import { tableView } from '../../src/writers/html/table.ts';
import { keepUnits } from '../../src/writers/html/units.ts';
import { contentSecurityPolicy, html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';
import { timeReport } from '../fixtures/time-report.ts';

const text = html(sampleReport);

/** plotly as the page unpacks it. */
function plotlyOf(page: string): string {
  const packed = /<script type="text\/plain" id="plotly">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  return inflateRawSync(Buffer.from(packed, 'base64')).toString();
}

function regionOf(page: string): string {
  return /<!--usage-statistics-->(.*)<!--\/usage-statistics-->/s.exec(page)?.[1] ?? '';
}

function element(pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? '';
}

describe('the html', () => {
  it('is known as ours', () => {
    expect(text).toContain('<meta name="generator" content="profiler-report 1.2.3">');
  });

  it('holds the report itself', () => {
    const held = JSON.parse(element(/<script type="application\/json" id="profiler-report">(.*?)<\/script>/s), (_, value) =>
      value?.packed ? chartOfBytes(gunzipSync(Buffer.from(value.packed, 'base64'))) : value,
    );
    const unpacked = JSON.parse(JSON.stringify(sampleReport), (_, value) =>
      value?.title && value.kind && isPacked(value) ? chartOfBytes(chartBytes(value)) : value,
    );
    expect(held).toEqual(unpacked);
  });

  it('allows its own script and styles by their hashes, and no connection', () => {
    const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    const policy = contentSecurityPolicy(SILENT);
    expect(policy).toContain(`script-src ${hash(element(/<script>(.*?)<\/script>/s))} ${hash(plotlyOf(text))};`);
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
    // Names of points are told by their tooltips alone.
    const {
      inputs: _,
      problems: __,
      ...shown
    } = JSON.parse(JSON.stringify(sampleReport), (key, value) => (key === 'names' ? [] : value));
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

  it('starts with two panels where they have charts over time, with eight elsewhere', () => {
    expect(html(timeReport({ nodes: 3 }))).toContain('class="picker" data-first="2"');
    expect(html(sampleReport)).toContain('class="picker" data-first="8"');
  });

  it('of a job of 8 nodes with 8 GPUs and 96 cores each, over time, is below 4 MB', () => {
    expect(html(timeReport({ nodes: 8, cores: 96 })).length).toBeLessThan(4_000_000);
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

describe('usage statistics in the html', () => {
  const endpoint = 'https://stats.example.org/';
  const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample';
  const asking = html(sampleReport, { kind: 'asking', endpoint, arn, hashed: false });
  const reason = "the job's owner opted out (opt_out_telemetry)";
  const unpacked = (page: string) => `${page}${plotlyOf(page)}`;
  const traces = ['stats.example.org', 'x-arn', 'x-artifact-id', 'fetch('];

  it('leave no trace of a beacon in a silent page, not in the packed plotly either', () => {
    for (const silent of [html(sampleReport), html(sampleReport, { kind: 'silent', reason })]) {
      const held = [...traces, 'sendBeacon', 'urlopen', 'connect-src'].filter((trace) => unpacked(silent).includes(trace));
      expect(held).toEqual([]);
    }
  });

  it('are found where the page may ask', () => {
    expect(traces.filter((trace) => !asking.includes(trace))).toEqual([]);
    expect(asking).not.toContain('sendBeacon');
    expect(contentSecurityPolicy({ kind: 'asking', endpoint, arn, hashed: false })).toMatch(
      /; connect-src https:\/\/stats\.example\.org\/$/,
    );
  });

  it('say in a silent page that they are off, and why', () => {
    const region = regionOf(html(sampleReport, { kind: 'silent', reason: 'nobody <b>asks</b>' }));
    expect(region).toMatch(/^<p [^<]*>[^<]*<\/p>$/);
    expect(region).toContain('Usage statistics are off because nobody &lt;b&gt;asks&lt;/b&gt;. This page sends nothing.');
  });

  it('show the exact request, and whether it holds the ARN or its hash', () => {
    const hash = '0'.repeat(64);
    const hashed = html(sampleReport, { kind: 'asking', endpoint, arn: hash, hashed: true });
    expect(regionOf(asking)).toContain(`${endpoint}?x-artifact-id&#x3D;profiler-report/1&amp;x-arn&#x3D;${arn}</span>`);
    expect(regionOf(asking)).toContain('names region, account and processing job.');
    expect(regionOf(hashed)).toContain(`x-arn&#x3D;${hash}</span>`);
    expect(regionOf(hashed)).toContain("is the SHA-256 of the processing job's ARN");
  });

  it('stand in one region: without it and what the policy has for it, both pages are the same', () => {
    const bare = (page: string) => page.replace(regionOf(page), '').replace(/<meta http-equiv[^>]*>/, '');
    expect(bare(asking)).toBe(bare(html(sampleReport)));
    expect(asking.split('usage-statistics-->')).toHaveLength(3);
  });
});

describe('the templates', () => {
  const folder = join(import.meta.dirname, '../../templates/html');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.hbs'));

  it('take as html only what the project itself makes', () => {
    const raw = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\{\{\{\s*(.*?)\s*\}\}\}|\{\{&/g)].map(([, field]) => field),
    );
    const ours = ['advice', 'advice', 'chart.svg', 'css', 'css', 'data', 'markdown', 'plotly', 'script', 'script', 'usage'];
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
