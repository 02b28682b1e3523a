import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { launchChromium } from '../browser.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { withTexts } from '../fixtures/texts.ts';
import { enlivenAll, openHtml } from './open.ts';
import { policy, unescaped } from './unescaped.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Each makes the document's title `hit`, or a link, where it is taken for markup. */
const attacks: Record<string, string> = {
  'a picture': '<img src=x onerror="document.title=`hit`">',
  'the end of the data': '</script><script>document.title=`hit`</script>',
  'the end of an attribute': '"><svg onload="document.title=`hit`"></svg><i title="',
  'an attribute more': '" onfocus="document.title=`hit`" autofocus tabindex="1" x="',
  'the end of the head': '</title></style></textarea><script>document.title=`hit`</script>',
  'a link': '<a href="javascript:document.title=`hit`">link</a>',
  'line ends of JavaScript': '\u2028\u2029 </script><script>document.title=`hit`</script>',
};

/** Not an attack on html, but on anything that takes text for a template, a formula or a property. */
const oddities = ['{{this}} #{1} %{x} %{y:.2f} <%= 1 %>', '$\\href{https://example.com}{x}$', '__proto__', '<b>bold</b><br>&lt;'];

interface Outcome {
  /** The title tells whether anything ran. */
  readonly ran: boolean;
  /** Links that lead out of the page; the buttons of plotly are links without an address. */
  readonly links: number;
  readonly trouble: readonly string[];
  readonly shown: string;
}

/** What came of opening the page and, where wanted, of bringing every chart to life. */
async function outcome(text: string, charts: boolean): Promise<Outcome> {
  const { page, trouble, close } = await openHtml(browser, text);
  if (charts) await enlivenAll(page);
  const ran = (await page.title()) === 'hit';
  const links = await page.locator('a:not([href^="#"]):not(.modebar-btn)').count();
  const shown = (await page.locator('body').textContent()) ?? '';
  await close();
  return { ran, links, trouble, shown };
}

describe('hostile text in every field of the report', () => {
  for (const [name, attack] of Object.entries(attacks)) {
    const report = withTexts(sampleReport, (_, index) => `${attack}${index}`);

    it(`${name}: nothing runs, nothing links, all is shown`, async () => {
      const { ran, links, trouble, shown } = await outcome(html(report), false);
      expect({ ran, links, trouble }).toEqual({ ran: false, links: 0, trouble: [] });
      expect(shown).toContain(attack);
    });

    it(`${name}: escaping alone holds, without the policy`, async () => {
      const { ran, links, trouble } = await outcome(html(report).replace(policy, ''), true);
      expect({ ran, links, trouble }).toEqual({ ran: false, links: 0, trouble: [] });
    });

    it(`${name}: it does work where nothing is escaped`, async () => {
      const { ran, links } = await outcome(unescaped(html(report)), false);
      expect(ran || links > 0).toBe(true);
    });
  }

  for (const oddity of oddities) {
    it(`${oddity} stays what it is`, async () => {
      const report = withTexts(sampleReport, (_, index) => `${oddity}${index}`);
      const { links, shown, trouble } = await outcome(html(report), true);
      expect({ links, trouble }).toEqual({ links: 0, trouble: [] });
      expect(shown).toContain(oddity);
    });
  }
});
