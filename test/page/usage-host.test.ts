import { beforeAll, beforeEach, expect, it } from 'vitest';
import { NO_ATTRIBUTE } from '../../src/page/messages.ts';
import { askingHtml, pause, usageOn, useBeaconTab } from './asking.ts';

const NO = { to: 'profiler-report', type: 'no' };
const SAID_NO = 'Off: the page around this one answers.';

const on = useBeaconTab();
let report: string;
let answered: string;
beforeAll(() => {
  const text = askingHtml(on.receiver.url);
  report = on.pages.put('report.html', text);
  answered = on.pages.put('answered.html', text.replace('<html', `<html ${NO_ATTRIBUTE}`));
});
beforeEach(async () => {
  await on.tab.context.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    window.addEventListener('message', ({ data }) => told.push(data));
  });
});

const inside = () => usageOn(on.tab.page.frameLocator('iframe'));
const told = () => on.tab.page.evaluate(() => (window as unknown as { told: { type: string }[] }).told.map(({ type }) => type));
const send = (message: unknown) =>
  on.tab.page.evaluate((data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'), message);

/** A page with the report in a frame, once it was seen. */
async function framed(url: string): Promise<void> {
  const frame = `<iframe src="${url}" style="width:1200px; height:800px"></iframe>`;
  await on.tab.page.goto(on.pages.put('around.html', `<!doctype html><title>Around</title>${frame}`));
  await expect.poll(told).toContain('opened');
}

it('the page around is told once that the report was seen, and that it hears', async () => {
  await framed(report);
  await pause(500);
  expect((await told()).sort()).toEqual(['opened', 'ready']);
});

it('a no from around takes the bar away, says so, and nothing that comes later takes it back', async () => {
  await framed(report);
  await inside().bar.waitFor();
  await send(NO);
  await expect.poll(() => inside().bar.count()).toBe(0);
  expect(await inside().state()).toBe(SAID_NO);
  expect(await inside().source()).toBe('the page around this one');
  for (const type of ['yes', 'once', 'always', 'opened', 'ask']) await send({ to: 'profiler-report', type });
  await pause();
  expect(await inside().bar.count()).toBe(0);
  expect(await inside().state()).toBe(SAID_NO);
  expect(await on.arrived()).toEqual([]);
});

it('a no from around wins over a yes that was kept', async () => {
  await on.tab.page.goto(report);
  await usageOn(on.tab.page).press('Always for this endpoint');
  expect(await on.arrived()).toHaveLength(1);
  await on.tab.page.goto(answered);
  expect(await usageOn(on.tab.page).state()).toBe(SAID_NO);
  expect(await on.arrived()).toEqual([]);
  // Control: without it the yes counts.
  await on.tab.page.goto(report);
  expect(await on.arrived()).toHaveLength(1);
});

it('said before the page starts, the bar is never there', async () => {
  await on.tab.context.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('.usage-asks')) console.error('the bar was shown');
    }).observe(document, { subtree: true, attributes: true, childList: true });
  });
  await framed(answered);
  expect(await inside().state()).toBe(SAID_NO);
  expect(on.tab.trouble).toEqual([]);
});

it('the page around picks theme and section; another frame cannot', async () => {
  await framed(report);
  const root = on.tab.page.frameLocator('iframe >> nth=0').locator('html');
  await send({ to: 'profiler-report', type: 'theme', theme: 'dark' });
  await expect.poll(() => root.getAttribute('data-theme')).toBe('dark');
  await send({ to: 'profiler-report', type: 'theme', theme: 'red' });
  await on.tab.page.evaluate(() => {
    const other = document.createElement('iframe');
    other.srcdoc = `<script>parent.frames[0].postMessage({ to: 'profiler-report', type: 'theme', theme: 'light' }, '*')</script>`;
    document.body.append(other);
  });
  await pause();
  expect(await root.getAttribute('data-theme')).toBe('dark');
  const last = on.tab.page.frameLocator('iframe >> nth=0').locator('main > .section').last();
  await send({ to: 'profiler-report', type: 'show', section: await last.getAttribute('id'), offset: 0 });
  await expect.poll(() => last.evaluate((section) => section.ownerDocument.activeElement === section)).toBe(true);
  await expect.poll(told).toContain('place');
});
