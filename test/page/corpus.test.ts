// biome-ignore-all lint/suspicious/noExplicitAny: plain JSON of rule files
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULE_NAMES, type RuleName } from '../../src/model/rule-names.ts';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { reportOf } from '../judged.ts';
import { corpusCases, corpusFile, hasShared } from '../shared.ts';

/**
 * What a reader sees with scripts off, against the plain JSON of the rule files: every table of numbers, parsed back from its text.
 */
type Json = any;

let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchChromium();
  context = await browser.newContext({ javaScriptEnabled: false });
});

afterAll(async () => {
  await browser?.close();
});

/** Text of all cells of the tables of a page, by the table's id. */
async function tablesOf(page: string): Promise<Record<string, string[][]>> {
  const tab = await context.newPage();
  await tab.setContent(page);
  const tables = await tab.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('table[id]')].map((table) => [
        table.id,
        [...table.querySelectorAll('tbody tr')].map((row) =>
          [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? ''),
        ),
      ]),
    ),
  );
  await tab.close();
  return tables;
}

/** Rows as in the file and as on the page agree: texts as they are, numbers to the decimals shown (or two significant digits). */
function agree(shown: readonly string[][] | undefined, expected: readonly (string | number | null)[][]) {
  const key = (row: readonly unknown[]) => row.filter((cell) => typeof cell === 'string').join('\u0000');
  const texts = (expected[0] ?? []).flatMap((cell, i) => (typeof cell === 'string' ? [i] : []));
  const byKey = (row: readonly string[]) => texts.map((i) => row[i]).join('\u0000');
  const rows = [...(shown ?? [])].sort((a, b) => (byKey(a) < byKey(b) ? -1 : 1));
  const wanted = [...expected].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(rows.length).toBe(wanted.length);
  wanted.forEach((row, r) => {
    row.forEach((value, c) => {
      const text = rows[r]?.[c] ?? '';
      if (typeof value !== 'number') {
        expect(text).toBe(value ?? '–');
        return;
      }
      const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
      const number = Number(text.replaceAll(',', ''));
      const tolerance = Math.max(0.5 * 10 ** -decimals, text.includes('e') ? 0.05 * value : 0) + 1e-9;
      expect(Math.abs(number - value), `${text} for ${value}`).toBeLessThanOrEqual(tolerance);
      if (value !== 0) expect(number).not.toBe(0);
    });
  });
}

const nodesIn = (details: Json): [string, Json][] => Object.entries(details ?? {}).filter(([key]) => key !== 'last_timestamp');

describe.skipIf(!hasShared)('the html of a real job, scripts off', () => {
  test.each(corpusCases)('%s shows the numbers of its rule files', { timeout: 60_000 }, async (name) => {
    const texts: Partial<Record<RuleName, string>> = {};
    for (const rule of RULE_NAMES) {
      const bytes = corpusFile(name, rule);
      if (bytes) texts[rule] = new TextDecoder().decode(bytes);
    }
    const raw = Object.fromEntries(Object.entries(texts).map(([rule, text]) => [rule, JSON.parse(text)]));
    const details = (rule: RuleName): Json => raw[rule]?.Details ?? {};
    const page = html(await reportOf(texts));
    expect(page.length).toBeLessThan(1_600_000);
    const tables = await tablesOf(page);

    agree(
      tables['system-usage-table'],
      Object.entries<Json>(details('OverallSystemUsage')).flatMap(([metric, byNode]) =>
        Object.entries<Json>(byNode).map(([node, s]) => [
          node,
          metric === 'I/O' ? 'I/O wait' : metric,
          metric === 'Network' ? 'bytes/s' : '%',
          s.max,
          s.p99,
          s.p95,
          s.p50,
          s.min,
        ]),
      ),
    );
    for (const [prefix, rule] of [
      ['framework', 'OverallFrameworkMetrics'],
      ['cpu-bottleneck', 'CPUBottleneck'],
      ['slow-steps', 'StepOutlier'],
    ] as const) {
      for (const device of ['CPU', 'GPU']) {
        const operators = Object.entries<number>(details(rule)[device] ?? {});
        agree(
          tables[`${prefix}-operators-${device.toLowerCase()}-table`],
          operators.map(([operator, share]) => [operator, share, details(rule)[`${device}_total`][operator]]),
        );
      }
    }
    agree(
      tables['step-durations-table'],
      Object.entries<Json>(details('StepOutlier').step_details ?? {}).map(
        ([worker, { step_stats: s, phase, stddev, number_of_outliers: n }]) => [
          worker,
          phase.slice('Step:ModeKeys.'.length),
          s.mean,
          s.max,
          s.p99,
          s.p95,
          s.p50,
          s.min,
          stddev,
          n,
        ],
      ),
    );
    agree(
      tables['gpu-utilization-table'],
      nodesIn(details('LowGPUUtilization')).flatMap(([node, byGpu]) =>
        Object.entries<Json>(byGpu).map(([gpu, g]) => [node, gpu, g.gpu_5, g.gpu_95, g.p25, g.p50, g.p75, g.p95, g.gpu_max]),
      ),
    );
    agree(
      tables['gpu-memory-table'],
      nodesIn(details('GPUMemoryIncrease')).flatMap(([node, byGpu]) =>
        Object.entries<Json>(byGpu).map(([gpu, g]) => [node, gpu, g.increase, g.p05, g.p25, g.p50, g.p75, g.p95, g.gpu_max]),
      ),
    );
    agree(
      tables['batch-size-table'],
      nodesIn(details('BatchSize')).flatMap(([node, boxes]) =>
        Object.entries<Json>(boxes).map(([key, b]) => [
          node,
          key === 'cpu' ? 'CPU' : key.replace('_', ' '),
          b.p25,
          b.p50,
          b.p75,
          b.p95,
        ]),
      ),
    );
  });
});
