import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { embedJson } from '../../src/writers/embed.ts';
import { CONTENT_SECURITY_POLICY, html } from '../../src/writers/html.ts';
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
    expect(CONTENT_SECURITY_POLICY).toContain(`script-src ${hash(element(/<script>(.*?)<\/script>/s))} ${hash(plotly)};`);
    expect(CONTENT_SECURITY_POLICY).toContain(`style-src ${hash(element(/<style>(.*?)<\/style>/s))} ${hash('')};`);
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none';/);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/connect-src|unsafe-eval|script-src[^;]*unsafe/);
  });

  it('shows every text of the report', () => {
    const body = text.slice(text.indexOf('<body>'), text.indexOf('<script type="application/json"'));
    const hidden = new Set(sampleReport.rules.filter(({ descriptive }) => descriptive).flatMap(({ finding }) => [finding]));
    const { inputs: _, problems: __, ...shown } = sampleReport;
    const missing: string[] = [];
    withTexts(shown as typeof sampleReport, (value) => {
      if (!hidden.has(value) && !body.includes(value.replace(/&/g, '&amp;'))) missing.push(value);
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

describe('the templates', () => {
  const folder = join(import.meta.dirname, '../../templates/html');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.hbs'));

  it('take as html only what the project itself makes', () => {
    const raw = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\{\{\{\s*(.*?)\s*\}\}\}|\{\{&/g)].map(([, field]) => field),
    );
    expect(raw.sort()).toEqual(['advice', 'advice', 'chart.svg', 'css', 'data', 'markdown', 'plotly', 'script']);
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
