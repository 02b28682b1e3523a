import { expect, it } from 'vitest';
import { beaconReceiver } from '../beacon-receiver.ts';
import { askingHtml, usageOn, useBeaconTab } from './asking.ts';

const on = useBeaconTab();

/** Opens the report, and again at each further call. */
const open = (endpoint = on.receiver.url) => on.tab.page.goto(on.pages.put('report.html', askingHtml(endpoint)));

it('Send once sends the request that was shown, with no header but those named, and asks again at the next opening', async () => {
  await open();
  const usage = usageOn(on.tab.page);
  const shown = await usage.request();
  const named = await usage.headers();
  expect(await on.arrived()).toEqual([]);

  await usage.press('Send once');
  const requests = await on.arrived();
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([shown]);
  expect(shown).toContain(`GET ${on.receiver.url}?x-artifact-id=profiler-report/1&x-arn=arn:aws:sagemaker:`);
  expect(Object.keys(requests[0]?.headers ?? {}).filter((header) => !named.includes(header))).toEqual([]);
  expect(await usage.bar.count()).toBe(0);
  expect(await usage.state()).toBe('Told once, as you said; nothing more is sent.');
  expect(await usage.source()).toBe('your choice, for this opening only');
  expect(await usage.sent()).toMatch(/^GET .* at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, went out and was answered$/);
  expect(await on.tab.page.evaluate(() => localStorage.length)).toBe(0);

  await on.tab.page.reload();
  await usage.bar.waitFor();
  expect(await on.arrived()).toEqual([]);
});

it('goes without cookie even to the server that the report comes from', async () => {
  on.receiver.answer({ page: askingHtml(on.receiver.url) });
  await on.tab.context.addCookies([{ name: 'known', value: 'person', url: on.receiver.url }]);
  await on.tab.page.goto(on.receiver.url);
  await usageOn(on.tab.page).press('Send once');
  const requests = (await on.arrived()).filter(({ url }) => !url.endsWith('favicon.ico'));
  expect(requests.map(({ headers }) => headers.cookie)).toEqual(['known=person', undefined]);
  on.receiver.answer(204);
});

it('Always sends at every opening from then on, until it is forgotten', async () => {
  await open();
  const usage = usageOn(on.tab.page);
  await usage.press('Always for this endpoint');
  expect(await on.arrived()).toHaveLength(1);
  expect(await usage.source()).toBe('your choice, kept in this browser');

  await on.tab.page.reload();
  expect(await on.arrived()).toHaveLength(1);
  expect(await usage.bar.count()).toBe(0);
  await on.tab.page.goto('about:blank');
  await on.tab.page.goBack();
  expect(await on.arrived()).toHaveLength(1);

  await usage.forget.click();
  await usage.bar.waitFor();
  expect(await usage.state()).toBe('Off: you have not said yes.');
  await on.tab.page.reload();
  await usage.bar.waitFor();
  expect(await on.arrived()).toEqual([]);
});

it('Always is for one endpoint: another one asks', async () => {
  const other = await beaconReceiver();
  await open();
  await usageOn(on.tab.page).press('Always for this endpoint');
  expect(await on.arrived()).toHaveLength(1);
  await open(other.url);
  await usageOn(on.tab.page).bar.waitFor();
  expect(await usageOn(on.tab.page).state()).toBe('Off: you said yes to another endpoint.');
  expect([...(await on.arrived()), ...other.received()]).toEqual([]);
  await other.close();
});

it('Never is for every endpoint', async () => {
  const other = await beaconReceiver();
  await open();
  const usage = usageOn(on.tab.page);
  await usage.press('Never');
  await on.tab.page.reload();
  for (const endpoint of [on.receiver.url, other.url]) {
    await open(endpoint);
    expect(await usage.bar.count()).toBe(0);
    expect(await usage.state()).toBe('Off: you said no.');
  }
  expect([...(await on.arrived()), ...other.received()]).toEqual([]);
  await usage.forget.click();
  await usage.bar.waitFor();
  expect(await on.arrived()).toEqual([]);
  await other.close();
});

it('that is taken back can be given again, but an opening is told once', async () => {
  await open();
  const usage = usageOn(on.tab.page);
  await usage.press('Send once');
  expect(await on.arrived()).toHaveLength(1);
  await usage.forget.click();
  expect(await usage.bar.innerText()).toContain('is not told again');
  expect(await on.tab.page.getByRole('button', { name: 'Send once' }).count()).toBe(0);
  await usage.press('Always for this endpoint');
  expect(await on.arrived()).toEqual([]);
  expect(await usage.state()).toBe('On: you said yes.');
  await on.tab.page.reload();
  expect(await on.arrived()).toHaveLength(1);
});

it('that cannot be understood may be a no: nothing is sent until it is forgotten', async () => {
  const ruins = ['', '{', 'null', '[]', '{"choices":7}', '{"choices":[null]}', 'granted'];
  await open();
  const usage = usageOn(on.tab.page);
  await usage.press('Always for this endpoint');
  expect(await on.arrived()).toHaveLength(1);
  const kept = await on.tab.page.evaluate(() => localStorage.getItem('profiler-report.consent') ?? '');
  for (const ruin of [...ruins, kept.replace('[', '[7,')]) {
    await on.tab.page.evaluate((text) => localStorage.setItem('profiler-report.consent', text), ruin);
    await on.tab.page.reload();
    await usage.forget.waitFor();
    expect(await usage.bar.count()).toBe(0);
    expect(await usage.state()).toBe('Off: what was answered cannot be understood, and may be a no.');
    expect(await usage.source()).toBe('what this browser keeps as your answer');
  }
  expect(await on.arrived()).toEqual([]);
  await usage.forget.click();
  await usage.bar.waitFor();
  await usage.press('Always for this endpoint');
  await on.tab.page.reload();
  expect(await on.arrived()).toHaveLength(2);
});
