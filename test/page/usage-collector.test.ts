import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../cli/command.ts';
import { startCollector } from '../collector/collector.ts';
import { askingHtml, usageOn, useBeaconTab } from './asking.ts';

const on = useBeaconTab();

it('the collector counts each opening that was said yes to, and no other', async () => {
  const collector = await startCollector(join(newFolder(), 'usage.db'));
  const opens = async () => (await collector.stats()).opens;
  const report = on.pages.put('report.html', askingHtml(collector.url));
  await on.tab.page.goto(report);
  await on.tab.page.reload();
  expect(await opens()).toBe(0);
  await usageOn(on.tab.page).press('Always for this endpoint');
  await expect.poll(opens).toBe(1);
  expect(await usageOn(on.tab.page).sent()).toContain('went out and was answered');
  await on.tab.page.reload();
  await expect.poll(opens).toBe(2);
  await usageOn(on.tab.page).forget.click();
  await usageOn(on.tab.page).press('Never');
  await on.tab.page.reload();
  await on.arrived();
  expect(await collector.stats()).toMatchObject({
    opens: 2,
    perJob: [{ arn: 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample' }],
  });
  expect(await collector.end('SIGTERM')).toEqual({ code: 0, stderr: '' });
});
