/**
 * A picture of a report, as it first stands on a screen.
 *
 *   node scripts/screenshot.ts [html] [png] [--width 1440] [--height 1000] [--dark] [--full]
 *
 * Without names: of the example job, into docs/images/report.png, the picture of the README.
 */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { pipeline } from '../src/pipeline.ts';
import { launchChromium } from '../test/browser.ts';
import { exampleJob, profilerOutput } from '../test/fixtures/example-job/index.ts';
import { memoryStore } from '../test/memory-store.ts';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '1000' },
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
  },
});
const [source = await exampleReport(), target = join(root, 'docs/images/report.png')] = positionals;

const browser = await launchChromium();
try {
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: Number(values.height) },
    colorScheme: values.dark ? 'dark' : 'light',
    timezoneId: 'UTC',
  });
  await page.goto(pathToFileURL(resolve(source)).href);
  if (values.full) await enlivenAll(page);
  await mkdir(dirname(resolve(target)), { recursive: true });
  await page.screenshot({ path: target, fullPage: values.full, animations: 'disabled' });
} finally {
  await browser.close();
}

/** Charts come alive as they scroll into view: goes to each, and back to the top. */
async function enlivenAll(page: Page): Promise<void> {
  for (const figure of await page.locator('figure:visible').all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('.is-live .main-svg').first().waitFor();
  }
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));
}

/** The report of the example job as if it lay on S3: the picture is the same wherever it is made. */
async function exampleReport(): Promise<string> {
  const files = Object.fromEntries([...profilerOutput(exampleJob)].map(([path, text]) => [`profiler-output/${path}`, text]));
  const { files: written } = await pipeline(memoryStore(files, 's3://example-bucket/image-classifier-2026-03-12'), {
    formats: ['html'],
    trainingJobName: 'image-classifier-2026-03-12',
    processingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/image-classifier-2026-03-12-profilerreport',
  });
  const path = join(await mkdtemp(join(tmpdir(), 'profiler-report-')), 'profiler-report.html');
  await writeFile(path, written[0]?.bytes ?? '');
  return path;
}
