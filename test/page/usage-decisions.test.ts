import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POLICY_VERSION } from '../../src/beacon/payload.ts';
import type { ConsentInputs } from '../../src/consent/decide.ts';
import { writeChoices } from '../../src/consent/inputs.ts';
import { usageOf } from '../../src/consent/usage.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { combinations, expected, ROWS, rowOf, SWITCHES } from '../consent/combinations.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { freshTab, type Pages, pause, servePages, smallHtml, usageOn } from './asking.ts';

let browser: Browser;
let pages: Pages;
let receiver: BeaconReceiver;

beforeAll(async () => {
  [browser, pages, receiver] = await Promise.all([launchChromium(), servePages(), beaconReceiver()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([pages.close(), receiver.close()]);
});

/** What a page can be in: every kept answer with and without Global Privacy Control, and a kept yes in every page made silent. */
const rows = [...combinations()].filter(({ state }) => {
  const on = SWITCHES.filter((name) => state[name]);
  const silent = !state.endpoint || on.some((name) => name !== 'globalPrivacyControl');
  const few = on.length + (state.endpoint ? 0 : 1) < 2;
  return state.scope === 'viewer' && state.canAsk && few && (!silent || state.kept === 'yes');
});

it('in every state a page can be in, 0 or exactly 1 request arrives, and the page says why', async () => {
  const { page, context, trouble } = await freshTab(browser);
  await page.addInitScript(() => {
    const { kept, gpc } = JSON.parse(decodeURIComponent(location.search.slice(1)));
    localStorage.setItem('profiler-report.consent', kept);
    if (gpc) Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
  });
  const seen: { asks: boolean; footer: string }[] = [];
  for (const [row, { inputs }] of rows.entries()) {
    await page.goto(reportIn(inputs, row));
    seen.push({ asks: await usageOn(page).bar.isVisible(), footer: await page.locator('footer').innerText() });
  }
  await pause();
  await context.close();

  expect(seen).toEqual(
    rows.map(({ state }) => {
      const { source, allowed, reason } = expected(state);
      const answers = ['choice', 'no choice', 'globalPrivacyControl'].includes(source);
      const said = answers ? `${allowed ? 'On' : 'Off'}: ${reason}.` : `off because ${reason}. This page sends nothing.`;
      return { asks: source === 'no choice', footer: expect.stringContaining(said) };
    }),
  );
  const told = receiver.received().map(({ url }) => Number(new URL(url).pathname.split('/')[1]));
  expect(told).toEqual([...rows.keys()].filter((row) => expected(rows[row]?.state ?? {}).allowed));
  expect(told).toHaveLength(2);
  expect(trouble).toEqual([]);
});

it('those are all rows of the table but the ones for where nobody can be asked', () => {
  const used = new Set(rows.map(({ state }) => rowOf(state)));
  expect(ROWS.filter((row) => !used.has(row)).map(({ source }) => source)).toEqual(Array(3).fill('nobody to ask'));
});

/** Where a report made in that state opens in a browser in that state; the row stands in the endpoint. */
function reportIn({ globalPrivacyControl, endpoint, policyVersion, choices, ...switches }: ConsentInputs, row: number): string {
  const mine = `${receiver.url}${row}/`;
  const kept = choices.map((choice) => ({
    ...choice,
    endpoint: choice.endpoint === endpoint ? mine : choice.endpoint,
    policyVersion: choice.policyVersion - policyVersion + POLICY_VERSION,
  }));
  const usage = usageOf({ ...switches, ...(endpoint ? { endpoint: mine } : {}) }, sampleReport.job.processingJobArn);
  const browserState = encodeURIComponent(JSON.stringify({ kept: writeChoices(kept), gpc: globalPrivacyControl }));
  return pages.put(`${row}.html?${browserState}`, smallHtml(usage));
}
