import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Section } from './document.ts';
import { measureInTurns, node, type Run } from './measure.ts';

const ROUNDS = 3;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** The last whole hour, at which all worlds end. */
const end = Math.floor(Date.now() / HOUR / 1000) * HOUR;

const CASES = [
  { about: 'a pipeline endpoint, 2 variants, 3 h', world: 'pipeline', seconds: 3 * HOUR },
  { about: 'the same, 3 days by the minute', world: 'pipeline', seconds: 3 * DAY },
  { about: 'an endpoint, 15 months by the hour', world: 'long', seconds: 454 * DAY },
] as const;

/** Time and memory of `monitor` against a server on this machine, and of the same report made of what was saved. */
export async function benchMonitor(command: string, rounds = ROUNDS): Promise<Section[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
  const rows: string[] = [];
  try {
    for (const [i, { about, world, seconds }] of CASES.entries()) {
      const { endpoint, name, child } = await startServer(world, seconds);
      const environment = {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
      };
      Object.assign(process.env, environment);
      const saved = join(scratch, `${i}.json`);
      const report = (...more: string[]) => {
        const span = ['--start', String(end - seconds), '--end', String(end)];
        return node(
          command,
          'monitor',
          'endpoint',
          name,
          ...span,
          '--output',
          join(scratch, `report-${i}`),
          '--force',
          '--quiet',
          ...more,
        );
      };
      let asked: Run | undefined;
      try {
        [asked] = measureInTurns([report('--save', saved)], rounds);
      } finally {
        child.kill();
      }
      const [read] = measureInTurns([report('--from', saved)], rounds);
      const html = statSync(join(scratch, `report-${i}`, 'profiler-report.html')).size / 1e6;
      const cells = [about, (statSync(saved).size / 1e6).toFixed(1), cell(asked), cell(read), html.toFixed(2)];
      rows.push(`| ${cells.join(' | ')} |`);
      console.log(rows.at(-1));
    }
    return [section(rows, rounds)];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** In a process of its own: the measured ones block this one. */
async function startServer(world: string, seconds: number) {
  const script = join(import.meta.dirname, 'monitor-server.ts');
  const child: ChildProcess = spawn(process.execPath, [script, world, String(end - seconds), String(end)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  const { endpoint, name } = JSON.parse(String(line)) as { endpoint: string; name: string };
  return { endpoint, name, child };
}

function cell(run: Run | undefined): string {
  return `${((run?.milliseconds ?? 0) / 1000).toFixed(2)} / ${run?.peakMegabytes.toFixed(0)}`;
}

function section(rows: readonly string[], rounds: number): Section {
  return {
    title: '`profiler-report monitor`',
    text: `Time and peak memory of the whole command (html, notebook and JSON), first against a made-up CloudWatch on the same machine (its own time to make the data up is in it, its memory is not), then of the file that was saved. Medians of ${rounds} runs.

| what is looked at | saved MB | asked s / MB | \`--from\` s / MB | html MB |
|---|---|---|---|---|
${rows.join('\n')}`,
  };
}
