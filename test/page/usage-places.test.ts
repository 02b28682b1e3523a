import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POLICY_VERSION } from '../../src/beacon/payload.ts';
import { writeChoices } from '../../src/consent/inputs.ts';
import { beaconReceiver } from '../beacon-receiver.ts';
import { undrivenChromium } from '../browser.ts';
import { askingHtml, usageOn, useBeaconTab } from './asking.ts';

const on = useBeaconTab({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
let report: string;
beforeAll(() => {
  report = on.pages.put('report.html', askingHtml(on.receiver.url));
});

it('from disk: each answer holds as it does from http', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-'));
  const path = join(folder, 'report.html');
  await writeFile(path, askingHtml(on.receiver.url));
  await on.tab.page.goto(pathToFileURL(path).href);
  const usage = usageOn(on.tab.page);
  const shown = await usage.request();
  const named = await usage.headers();

  await usage.press('Always for this endpoint');
  await on.tab.page.reload();
  const requests = await on.arrived();
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([shown, shown]);
  expect(requests.flatMap(({ headers }) => Object.keys(headers)).filter((header) => !named.includes(header))).toEqual([]);

  await usage.forget.click();
  await usage.press('Never');
  await on.tab.page.reload();
  expect(await usage.state()).toBe('Off: you said no.');
  expect(await on.arrived()).toEqual([]);
  await rm(folder, { recursive: true });
});

describe('in a sandboxed frame without storage', () => {
  const frame = () => usageOn(on.tab.page.frameLocator('iframe'));
  beforeEach(async () => {
    const inside = `<iframe sandbox="allow-scripts" src="${report}" width="1200" height="800"></iframe>`;
    await on.tab.page.goto(on.pages.put('viewer.html', `<!doctype html><title>Viewer</title>${inside}`));
  });

  it('nothing is sent by itself, and each yes sends the request that was shown', async () => {
    await frame().bar.waitFor();
    expect(await on.arrived()).toEqual([]);
    const shown = await frame().request();
    await frame().press('Send once');
    expect((await on.arrived()).map(({ method, url }) => `${method} ${url}`)).toEqual([shown]);
  });

  it.each([
    ['Always for this endpoint', 1],
    ['Never', 0],
  ] as const)('%s lasts for the view, and the footer says so', async (name, requests) => {
    await frame().press(name);
    expect(await on.arrived()).toHaveLength(requests);
    expect(await frame().bar.count()).toBe(0);
    expect(await frame().source()).toBe('your choice, until this page is closed: the browser keeps nothing for it');
    await on.tab.page.reload();
    await frame().bar.waitFor();
    expect(await on.arrived()).toEqual([]);
  });
});

it.each(['display:none', 'width:0; height:0; border:0'])(
  'in a frame with %s it was not opened until it is seen',
  async (style) => {
    await on.tab.page.goto(report);
    await usageOn(on.tab.page).press('Always for this endpoint');
    expect(await on.arrived()).toHaveLength(1);
    await on.tab.page.goto(
      on.pages.put('unseen.html', `<!doctype html><title>Unseen</title><iframe src="${report}" style="${style}">`),
    );
    expect(await on.arrived()).toEqual([]);
    await on.tab.page.evaluate(() => document.querySelector('iframe')?.setAttribute('style', 'width:900px; height:600px'));
    expect(await on.arrived()).toHaveLength(1);
  },
);

describe('in two tabs', () => {
  const both = async () => {
    const other = await on.tab.context.newPage();
    await on.tab.page.goto(report);
    await other.goto(report);
    return [usageOn(on.tab.page), usageOn(other)] as const;
  };

  it('a no said in one holds in the other', async () => {
    const [one, other] = await both();
    await one.press('Never');
    await expect.poll(() => other.bar.count()).toBe(0);
    expect(await other.state()).toBe('Off: you said no.');
    expect(await on.arrived()).toEqual([]);
  });

  it('a yes said in one is for openings to come: the other sends nothing', async () => {
    const [one, other] = await both();
    await one.press('Always for this endpoint');
    await expect.poll(() => other.bar.count()).toBe(0);
    expect(await other.state()).toBe('On: you said yes.');
    expect(await other.sent()).toBe('none since this page was opened');
    expect(await on.arrived()).toHaveLength(1);
  });

  it('a no that the page has not heard of yet wins over a press on its bar', async () => {
    await on.tab.page.goto(report);
    const always = on.tab.page.getByRole('button', { name: 'Always for this endpoint' });
    await expect.poll(() => always.isEnabled()).toBe(true);
    const denied = [
      { scope: 'viewer', answer: 'denied', endpoint: on.receiver.url, policyVersion: POLICY_VERSION, date: '' },
    ] as const;
    // The same page is not told of what it stores itself.
    await on.tab.page.evaluate((text) => localStorage.setItem('profiler-report.consent', text), writeChoices(denied));
    await always.click();
    expect(await usageOn(on.tab.page).state()).toBe('Off: you said no.');
    expect(await on.arrived()).toEqual([]);
  });
});

it('a page set aside and shown again is the same opening, and hears of a no said meanwhile', async () => {
  await on.tab.page.goto(report);
  const usage = usageOn(on.tab.page);
  await usage.press('Always for this endpoint');
  expect(await on.arrived()).toHaveLength(1);
  await on.tab.page.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  const elsewhere = on.pages.put('elsewhere.html', '<!doctype html><title>Elsewhere</title>');
  await on.tab.page.goto(elsewhere);
  await on.tab.page.goBack({ waitUntil: 'commit' });
  expect(await on.tab.page.locator('html[data-same]').count()).toBe(1);
  expect(await on.arrived()).toEqual([]);

  await on.tab.page.goto(elsewhere);
  await on.tab.page.evaluate(() =>
    localStorage.setItem('profiler-report.consent', '{"choices":[{"scope":"viewer","answer":"denied"}]}'),
  );
  await on.tab.page.goBack({ waitUntil: 'commit' });
  expect(await on.tab.page.locator('html[data-same]').count()).toBe(1);
  expect(await usage.state()).toBe('Off: you said no.');
  expect(await on.arrived()).toEqual([]);
});

it('a page made ready before anybody opens it waits until somebody does', async () => {
  const granted = [
    { scope: 'viewer', answer: 'granted', endpoint: on.receiver.url, policyVersion: POLICY_VERSION, date: '' },
  ] as const;
  const rules = '{"prerender":[{"source":"list","urls":["/report.html"],"eagerness":"immediate"}]}';
  const marker = await beaconReceiver();
  const start = on.pages.put(
    'start.html',
    `<!doctype html><title>Start</title><script>localStorage.setItem('profiler-report.consent', ${JSON.stringify(writeChoices(granted))});
    setTimeout(() => fetch('${marker.url}', { mode: 'no-cors' }), 2000);
    setTimeout(() => { location.href = '/report.html'; }, 3000)</script>
    <script type="speculationrules">${rules}</script>`,
  );
  const end = await undrivenChromium(start);
  await expect.poll(() => marker.received().length, { timeout: 20_000 }).toBe(1);
  const before = on.receiver.received();
  await expect.poll(() => on.receiver.received().length, { timeout: 20_000 }).toBe(1);
  await end();
  await marker.close();
  expect(before).toEqual([]);
});
