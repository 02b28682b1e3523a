import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { expectedTables, type Row, realJob } from '../expected-rows.ts';
import { reportOf } from '../judged.ts';
import { corpusCases, hasShared } from '../shared.ts';

/**
 * What a reader sees with scripts off, against the plain JSON of the rule files: every table of numbers, parsed back from its text.
 */
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
function agree(shown: readonly string[][] | undefined, expected: readonly Row[]) {
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

describe.skipIf(!hasShared)('the html of a real job, scripts off', () => {
  test.each(corpusCases)('%s shows the numbers of its rule files', { timeout: 60_000 }, async (name) => {
    const { texts, raw } = realJob(name);
    const page = html(await reportOf(texts));
    expect(page.length).toBeLessThan(1_600_000);
    const tables = await tablesOf(page);
    for (const [id, rows] of Object.entries(expectedTables(raw))) agree(tables[id], rows);
  });
});
