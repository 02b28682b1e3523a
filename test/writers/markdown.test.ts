import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Report, Section } from '../../src/model/report.ts';
import { escapeMarkdown } from '../../src/writers/markdown/escape.ts';
import { MARKDOWN_MARKER, markdown, sectionMarkdown } from '../../src/writers/markdown.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';

const rendered = (text: string) => marked.parse(text, { async: false });

/** What a reader sees of rendered markdown. */
const seen = (text: string) =>
  rendered(text)
    .replace(/<!--.*?-->|<[^>]*>/gs, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '')
    .trim();

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<!-- hidden',
  '[text](https://example.com)',
  '![picture](https://example.com/a.png)',
  'https://example.com and www.example.com',
  'a@example.com',
  '@someone in #12',
  '`code` **bold** _quiet_ ~~gone~~ a|b',
  '# heading',
  '- item',
  '1. item',
  '1) item',
  '> quote',
  '=====',
  '&amp; &lt; \\',
  '$x$',
];

describe('text in markdown', () => {
  for (const text of hostile) {
    it(`shows ${text} as it is, and means nothing else`, () => {
      expect(rendered(escapeMarkdown(text))).toMatch(/^<p>(?:[^<]|<!-- -->)*<\/p>\n$/);
      expect(seen(escapeMarkdown(text))).toBe(text);
    });
  }

  it('without escaping they do mean something', () => {
    const plain = hostile.filter((text) => /^<p>[^<]*<\/p>\n$/.test(rendered(text)) && seen(text) === text);
    // Mentions, issue numbers and formulas are GitHub's own; the rest is markdown.
    expect(plain).toEqual(['@someone in #12', '=====', '$x$']);
  });

  it('keeps decimal numbers readable', () => {
    expect(['61.2', '50.0', '61.2 % of moments'].map(escapeMarkdown)).toEqual(['61.2', '50.0', '61.2 % of moments']);
  });

  it('keeps names readable', () => {
    expect(escapeMarkdown('gpu_memory_threshold_p95 is 70 %, aten::conv2d')).toBe(
      'gpu_memory_threshold_p95 is 70 %, aten::conv2d',
    );
  });
});

describe('the markdown of a report', () => {
  it('begins with the mark, and tells verdicts, actions and every judged rule', () => {
    const text = markdown(sampleReport);
    expect(text.startsWith(`${MARKDOWN_MARKER}\n`)).toBe(true);
    expect(text).toContain('**3 issues · 2 fine · 2 not judged · 2 errors**');
    expect(text).toContain('1. What rule 0 asks for.');
    for (const { title, descriptive } of sampleReport.rules) expect(text.includes(`| ${title} |`)).toBe(!descriptive);
  });

  it('folds away the sections of the issues alone', () => {
    const summaries = [...markdown(sampleReport).matchAll(/<summary>(.*?)<\/summary>/g)].map(([, title]) => title);
    expect(summaries).toEqual(['Section 0', 'Section 4', 'Section 8']);
  });

  it('folds in what was damaged in the raw data, and says nothing of sound data', () => {
    const columns = [{ label: 'What', kind: 'text' }] as const;
    const table = { id: 'data-quality-table', title: 'What was tolerated', columns, rows: [['clock jump']], searchable: false };
    const quality = (blocks: Section['blocks']) =>
      markdown({ ...sampleReport, sections: [...sampleReport.sections, { id: 'data-quality', title: 'Data quality', blocks }] });
    expect(quality([{ kind: 'table', table }])).toContain('clock jump');
    expect(quality([{ kind: 'text', text: 'Every line could be read.' }])).not.toContain('Data quality');
  });

  it('fits into a comment of GitHub however long the report is, and says what it left out', () => {
    const long = withTexts(sampleReport, (text) => text.padEnd(400, ' very long'));
    const text = markdown(long);
    expect(text.length).toBeLessThan(65_536);
    const longer: Report = {
      ...long,
      sections: long.sections.map((section) => ({ ...section, blocks: [...section.blocks, ...manyTexts] })),
    };
    expect(markdown(longer).length).toBeLessThan(65_536);
    expect(markdown(longer)).toContain('Too long for a comment');
  });
});

const chartsAndTable = [
  ...(sampleReport.sections.find(({ id }) => id === 'section-0')?.blocks.slice(0, 1) ?? []),
  ...(sampleReport.sections.find(({ id }) => id === 'section-1')?.blocks ?? []),
];

const manyTexts = Array.from({ length: 50 }, () => ({ kind: 'text', text: 'x'.repeat(2000) }) as const);

describe('the markdown of a section', () => {
  const of = (id: string) => {
    const section = sampleReport.sections.find((candidate) => candidate.id === id);
    return section ? sectionMarkdown(section, sampleReport) : '';
  };

  it('has verdict, finding, charts as sentences, and the service’s counts', () => {
    const text = of('section-0');
    expect(text).toMatch(
      /^### Section 0: issue\n\nWhat rule 0 found\.\n\nChecks: What rule 0 checks\.\n\nVerdict: rule 0 reason\.\n\n/,
    );
    expect(text).toContain('**Most expensive operators**\n\nUtilization of every GPU.\n\n');
    expect(text).toContain('changed_0 500 (changed)');
    expect(text).toContain('**What to do**\n\nWhat rule 0 asks for.');
  });

  it('of a rule that only describes has neither verdict nor finding', () => {
    const index = sampleReport.rules.findIndex(({ descriptive }) => descriptive);
    expect(of(`section-${index}`)).toMatch(new RegExp(`^### Section ${index}\\n\\nWhat rule ${index} checks\\.`));
    expect(of(`section-${index}`)).not.toMatch(/Verdict|found/);
  });

  it('tells the numbers once where a chart stands right before its table', () => {
    const section = { id: 'twice', title: 'Twice', blocks: [...chartsAndTable, ...chartsAndTable.slice(0, 1)] };
    expect(sectionMarkdown(section, sampleReport).split('Utilization of every GPU.')).toHaveLength(2);
  });

  it('has all counts and parameters in the table of rules, where the file was read', () => {
    const text = of('rules');
    expect(text).toContain('| 0 | 0 | 100,000 | parameter_0 70, changed_0 500 (changed), unknown_0 x (changed) |');
    expect(text).toContain('| Rule 3 title | What rule 3 found. | – | – | – |  |');
  });

  it('keeps the first rows and panels and counts the others', () => {
    expect(of('section-1')).toContain('… and 1,229 more rows');
    expect(of('section-2')).toContain('… and 6 more');
    expect(of('section-2')).not.toContain('#### algo-5');
  });
});
