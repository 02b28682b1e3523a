import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { summary } from '../../src/cli/summary.ts';
import { parseCondition } from '../../src/conditions/parse.ts';
import { monitor } from '../../src/monitor.ts';
import { isOurs } from '../../src/output/marker.ts';
import { WRITERS } from '../../src/writers/index.ts';
import { fetched, serving } from '../cloudwatch/fetched.ts';
import { PIPELINE, PROCESSING, pipelineWorld, processingWorld, TRAINING, trainingWorld } from '../cloudwatch/worlds.ts';
import { askPython, codeCells, figures, hasPython, type Notebook, rounded, type Shown, sourceOf } from '../notebooks.ts';

const folder = mkdtempSync(join(tmpdir(), 'monitored-'));
afterAll(() => rmSync(folder, { recursive: true }));

const formats = ['html', 'notebook', 'json', 'markdown'] as const;
type Written = Readonly<Record<(typeof formats)[number], string>>;
let endpoint: Written;
let job: Written;

async function writtenOf(...asked: Parameters<typeof fetched>): Promise<Written> {
  await serving(asked[0]);
  const conditions = [parseCondition('CPUUtilization > 90%')];
  const { files } = await monitor(await fetched(...asked), { formats, conditions });
  const texts = files.map(({ path, bytes }) => {
    expect(isOurs(path, bytes)).toBe(true);
    return new TextDecoder().decode(bytes);
  });
  return Object.fromEntries(formats.map((format, i) => [format, texts[i] as string])) as Written;
}

beforeAll(async () => {
  endpoint = await writtenOf(pipelineWorld(), { kind: 'endpoint', name: PIPELINE, logs: true });
  job = await writtenOf(trainingWorld(), { kind: 'training job', name: TRAINING });
});

/** The text of an html as people see it, without scripts and styles. */
const seen = (html: string) =>
  html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the html', () => {
  test('speaks of an endpoint', () => {
    const text = seen(endpoint.html);
    expect(text).toMatch(/^ ?shop-search · monitoring report /);
    expect(text).toMatch(
      / Endpoint shop-search Read from CloudWatch, eu-west-1 \d+ series, [\d,]+ data points, \d+ log lines From /,
    );
    expect(text).toContain('Asked for 3 h Resolution 1 min');
    expect(text).toContain('from the metrics and logs of the endpoint in CloudWatch. This page is complete');
    expect(text).not.toMatch(/Sampled|Nodes|First sample|Processing job|Triggered|rule files/);
  });

  test('tells resolution and limits beside each finding', () => {
    const text = seen(endpoint.html);
    expect(text).toContain('Errors Issue 1 min resolution');
    expect(text).toMatch(/The rule’s limits rate 1 /);
  });

  test('speaks of hosts, and of what the rules counted, where a job is monitored', () => {
    const text = seen(job.html);
    expect(text).toContain(`Training job ${TRAINING} `);
    expect(text).toMatch(/ Hosts 2 algo-1 and algo-2 /);
    expect(text).toContain(' Triggered ');
    expect(text).not.toMatch(/Sampled for|Sampled every/);
  });
});

test('a job that failed says so first, in every form and on the screen', async () => {
  const failureReason = 'AlgorithmError: , exit code: 137';
  await serving(processingWorld());
  const monitored = await fetched(processingWorld(), { kind: 'processing job', name: PROCESSING });
  const subject = { ...monitored.subject, status: 'Failed', failureReason };
  const { report, files } = await monitor({ ...monitored, subject }, { formats });
  const [html = '', notebook = '', , markdown = ''] = files.map(({ bytes }) => new TextDecoder().decode(bytes));
  const told = `The processing job failed: ${failureReason}`;
  const text = seen(html);
  expect(text.indexOf(told)).toBeGreaterThan(0);
  expect(text.indexOf(told)).toBeLessThan(text.indexOf(' Do this first '));
  expect(text).toMatch(/ Status Failed /);
  expect(markdown).toMatch(/^.*\n\n## .*\n\n\*\*The processing job failed: AlgorithmError: , exit code: 137\*\*\n/);
  expect(markdown).toContain('Processing job, Failed · ');
  expect(JSON.parse(notebook).cells[0].source.join('')).toContain(told);
  expect(summary(report, (_, part) => part)[1]).toBe(told);
});

test('markdown has a head of its own, and columns of counts only where something was counted', () => {
  expect(endpoint.markdown).toMatch(/^<!-- profiler-report -->\n\n## Monitoring report: shop-search\n/);
  expect(endpoint.markdown).toContain('Endpoint, InService · 2026-11-02 09:00:00 UTC, asked for 3 h');
  expect(endpoint.markdown).toContain('| Verdict | Rule | Found | Parameters |');
  expect(endpoint.markdown).toMatch(/Verdict: .* \\?\(1 min resolution\\?\)/);
  expect(job.markdown).toContain('| Verdict | Rule | Found | Triggered | Violations | Data points | Parameters |');
});

test('the JSON is as its schema says', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);
  for (const { json } of [endpoint, job]) {
    validate(JSON.parse(json));
    expect(validate.errors).toBeNull();
  }
});

/** Title and columns of what a cell shows, each once; of a long table the kernel says besides how many rows it has. */
function heads(html: readonly string[]): string[] {
  return html.map((one) => {
    const [, title = ''] = /<h4>(.*?)<\/h4>/s.exec(one) ?? [];
    const columns = title === 'Key figures' ? [...one.matchAll(/<th(?: [^>]*)?>(.*?)<\/th>/g)].map(([, column]) => column) : [];
    return [title.replace(/ \(first and last of .* rows\)$/, ''), ...columns].join(', ');
  });
}

describe('the notebook', () => {
  test('has no cells of the service, and says what must lie beside it', () => {
    const { cells }: Notebook = JSON.parse(endpoint.notebook);
    const text = cells.map(sourceOf).join('\n');
    expect(text).toMatch(/^# Monitoring report: shop-search\n/);
    expect(text).toContain('from `profiler-report.json` beside this notebook');
    expect(text).not.toMatch(/processing_job_arn = |^setup_profiler_report|profiler-reports\/|load\("/m);
  });

  test.skipIf(!hasPython).each([
    ['an endpoint', () => endpoint],
    ['a training job', () => job],
  ])('of %s draws in a kernel what it shows already', (_, written) => {
    const { notebook, json } = written();
    const path = join(folder, WRITERS.notebook.path);
    writeFileSync(path, notebook);
    writeFileSync(join(folder, WRITERS.json.path), json);
    expect(askPython<string | null>('validate', [path])).toEqual([null]);
    const [ran = {}] = askPython<Record<string, Shown>>('run', [path]);
    const before = figures(JSON.parse(notebook));
    expect(Object.values(before).flat().length).toBeGreaterThan(5);
    for (const { id, outputs = [] } of codeCells(JSON.parse(notebook))) {
      expect(ran[id], id).toMatchObject({ error: null, text: '' });
      expect(heads(ran[id]?.html ?? []), id).toEqual(heads(outputs.map(({ data }) => [data?.['text/html']].flat().join(''))));
      expect(rounded(ran[id]?.figures), id).toEqual(rounded(before[id]));
    }
  });
});
