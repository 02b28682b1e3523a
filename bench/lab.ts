import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, startLab } from '../test/jupyter/lab.ts';
import { hasShared, shared } from '../test/shared.ts';
import type { Section } from './document.ts';
import { JOB_A, writeRawJob } from './raw-jobs.ts';

/** About half an hour of one large machine: 100 MB. */
const RAW_JOB = { ...JOB_A, minutes: 31 };

interface Measured {
  readonly written: number;
  readonly opened: number;
  /** Longest tasks of the page's own thread: up to the first tab that opens, and after. */
  readonly making: number;
  readonly opening: number;
}

/** Generating in JupyterLab, after `node scripts/build-extension.ts`: how long it takes, and how long the tab does not answer meanwhile. */
export async function benchLab(): Promise<Section[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
  try {
    writeRawJob(scratch, RAW_JOB);
    const real = { 'real job': 'corpus/c03', 'real raw job': 'golden/g1-single-gpu-framework' };
    const folders = {
      ...(hasShared ? Object.fromEntries(Object.entries(real).map(([name, path]) => [name, shared(path)])) : {}),
      'raw job': scratch,
    };
    const rows: string[] = [];
    const lab = await startLab({ folders });
    try {
      for (const [name, folder] of Object.entries(folders)) {
        const page = await lab.open(`lab/workspaces/bench-${rows.length}`); // nothing is open in it
        await page.waitForTimeout(3000);
        const load = loadavg()[0] ?? 0;
        const { written, opened, making, opening } = await measure(page, name);
        const cells = [
          (written / 1000).toFixed(1),
          (opened / 1000).toFixed(1),
          making.toFixed(0),
          opening.toFixed(0),
          load.toFixed(1),
        ];
        rows.push(`| ${[name, megabytes(folder).toFixed(1), ...cells].join(' | ')} |`);
        console.log(rows.at(-1));
        await page.close();
      }
    } finally {
      await lab.close();
    }
    return [section(rows)];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function measure(page: Parameters<typeof execute>[0], path: string): Promise<Measured> {
  await page.evaluate(() => {
    const { commands } = (
      window as unknown as {
        jupyterapp: { commands: { commandExecuted: { connect(slot: (_: unknown, args: { id: string }) => void): void } } };
      }
    ).jupyterapp;
    const seen = { start: performance.now(), open: 0, tasks: [] as { at: number; took: number }[] };
    Object.assign(window, { seen });
    commands.commandExecuted.connect((_, { id }) => {
      if (id === 'docmanager:open') seen.open ||= performance.now();
    });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ at: startTime, took: duration });
    }).observe({ type: 'longtask' });
  });
  const made = await execute<{ written: string[] } | undefined>(page, 'profiler-report:generate', { path });
  if (!made) throw new Error(`no report was made of ${path}`);
  await page.waitForTimeout(2000);
  return page.evaluate(() => {
    const { start, open, tasks } = (
      window as unknown as { seen: { start: number; open: number; tasks: { at: number; took: number }[] } }
    ).seen;
    const longest = (chosen: typeof tasks) => Math.max(0, ...chosen.map(({ took }) => took));
    return {
      written: open - start,
      opened: performance.now() - 2000 - start,
      making: longest(tasks.filter(({ at }) => at >= start && at < open)),
      opening: longest(tasks.filter(({ at }) => at >= open)),
    };
  });
}

function megabytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true }).map((path) => statSync(join(folder, String(path))));
  return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0) / 1e6;
}

function section(rows: readonly string[]): Section {
  return {
    title: 'Generating in JupyterLab',
    text: `Seconds from the command to the last file written and to both tabs open, and the longest task of the page's own thread in milliseconds, during which the tab answers nobody: while the report is made and written, and while notebook and report are opened, which is mostly the lab's own work. \`node scripts/build-extension.ts && npm run bench -- lab\`; the load of the machine's 2 cores at the start of each is given, as server, browser and worker share them.

| job | MB | written s | open s | longest task making ms | opening ms | load |
|---|---|---|---|---|---|---|
${rows.join('\n')}`,
  };
}
