import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POLICY_VERSION } from '../../src/beacon/payload.ts';
import { writeChoices } from '../../src/consent/inputs.ts';
import * as usageScript from '../../src/generated/usage.ts';
import { type BeaconReceiver, beaconReceiver } from '../beacon-receiver.ts';
import { launchChromium } from '../browser.ts';
import { askingHtml, freshTab, type Pages, pause, servePages, usageOn } from './asking.ts';

/** What the bar says where it takes no yes. */
const NOT_SEEN = 'Another page covers this bar';

let browser: Browser;
let pages: Pages;
let framing: Pages;
let receiver: BeaconReceiver;
let report: string;
let page: Page;
let close: () => Promise<void>;

beforeAll(async () => {
  [browser, pages, framing, receiver] = await Promise.all([launchChromium(), servePages(), servePages(), beaconReceiver()]);
  report = pages.put('report.html', askingHtml(receiver.url));
});
afterAll(async () => {
  await browser.close();
  await Promise.all([pages.close(), framing.close(), receiver.close()]);
});
beforeEach(async () => {
  receiver.received();
  const tab = await freshTab(browser);
  page = tab.page;
  close = async () => {
    await tab.context.close();
    expect(tab.trouble).toEqual([]);
  };
});
afterEach(() => close());

const arrived = async () => {
  await pause();
  return receiver.received();
};

/** A page of another origin with the report in a frame. */
async function framed(style = ''): Promise<ReturnType<typeof usageOn>> {
  const frame = `<iframe src="${report}" style="border:0; width:1200px; height:800px; ${style}"></iframe>`;
  await page.goto(framing.put('framing.html', `<!doctype html><title>Framing</title><body style="margin:0">${frame}`));
  const usage = usageOn(page.frameLocator('iframe'));
  await usage.bar.waitFor();
  await pause(1000); // Chromium by itself drops presses into a frame that has only just appeared
  return usage;
}

/** A real click on a spot of the framing page, which goes through to whatever button of the report is there. */
async function clickThrough(name: string): Promise<void> {
  const box = await page.frameLocator('iframe').getByRole('button', { name }).boundingBox();
  if (!box) throw new Error(`${name} is not there`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

describe('whoever frames the page', () => {
  const granted = { scope: 'viewer', answer: 'granted', policyVersion: POLICY_VERSION, date: '2026-11-21T09:30:00Z' } as const;

  it('cannot grant by a message of any shape, nor by its own storage', async () => {
    const usage = await framed();
    const choice = { ...granted, endpoint: receiver.url };
    const messages = [
      choice,
      [choice],
      writeChoices([choice]),
      { choices: [choice] },
      { type: 'consent', value: 'granted' },
      { 'profiler-report.consent': writeChoices([choice]) },
      'granted',
      'usage-always',
      'click',
      { once: true },
      true,
      1,
      null,
    ];
    await page.evaluate(
      ({ messages, kept }) => {
        localStorage.setItem('profiler-report.consent', kept);
        const inside = document.querySelector('iframe')?.contentWindow;
        for (const message of messages) {
          inside?.postMessage(message, '*');
          inside?.postMessage(message, '*', [new MessageChannel().port1]);
        }
      },
      { messages, kept: writeChoices([choice]) },
    );
    expect(await arrived()).toEqual([]);
    expect(await usage.state()).toBe('Off: you have not said yes.');
    // The one listener there is hears a no.
    expect(usageScript.text.match(/["'.]message|onmessage|BroadcastChannel/g)).toEqual(['"message']);
  });

  it('cannot take a click through something that covers the bar, until it is in full view', async () => {
    const usage = await framed();
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position:fixed; inset:0; background:white; pointer-events:none';
      cover.textContent = 'Win a prize';
      document.body.append(cover);
    });
    await pause(1000);
    await clickThrough('Always for this endpoint');
    await clickThrough('Send once');
    await expect.poll(() => usage.bar.innerText()).toContain(NOT_SEEN);
    expect(await arrived()).toEqual([]);

    await page.evaluate(() => document.querySelector('div')?.remove());
    await usage.press('Send once');
    expect(await arrived()).toHaveLength(1);
  });

  it.each([
    ['through a frame that is faded out', 'opacity:0.01'],
    ['where all but the buttons is cut off', 'position:absolute; clip-path: inset(700px 0 0 700px)'],
  ])('cannot take a click %s', async (_, style) => {
    const usage = await framed(style);
    await clickThrough('Always for this endpoint');
    await expect.poll(() => usage.bar.innerText()).toContain(NOT_SEEN);
    expect(await arrived()).toEqual([]);
  });

  it('can have a no: that needs no protection', async () => {
    const usage = await framed('opacity:0.01');
    await clickThrough('Never');
    await expect.poll(() => usage.state()).toBe('Off: you said no.');
  });
});

it('clicks and keys made by a script count for nothing', async () => {
  await page.goto(report);
  await pause(700);
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>('.usage-answers button')) {
      button.focus();
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      button.dispatchEvent(new PointerEvent('click', { bubbles: true, isPrimary: true }));
      for (const type of ['keydown', 'keypress', 'keyup'])
        for (const key of ['Enter', ' ']) button.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
    }
  });
  expect(await arrived()).toEqual([]);
  expect(await usageOn(page).state()).toBe('Off: you have not said yes.');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

it('a bar that has only just appeared takes no yes', async () => {
  await page.clock.install();
  await page.goto(report);
  const usage = usageOn(page);
  const always = page.getByRole('button', { name: 'Always for this endpoint' });
  const settle = () => expect.poll(() => page.clock.runFor(500).then(() => always.isEnabled())).toBe(true);
  await settle();
  await usage.press('Never');
  await usage.forget.click();
  expect(await always.isDisabled()).toBe(true);
  await always.dispatchEvent('click');
  await always.click({ force: true });
  expect(await arrived()).toEqual([]);
  await settle();
  await usage.press('Always for this endpoint');
  expect(await arrived()).toHaveLength(1);
});
