import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { median } from 'd3-array';
import { type Collector, startCollector } from '../test/collector/collector.ts';
import { hasPostgres, startPostgres } from '../test/postgres.ts';
import type { Section } from './document.ts';

const ROUNDS = 5;
const SECONDS = 8;
const CONNECTIONS = 64;
const MANY = 1_000_000;

interface Load {
  readonly perSecond: number;
  readonly p99: number;
}

/** Beacons per second on each database beside the service without one, and its memory after very many. */
export async function benchCollector(program: string): Promise<Section[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
  const server = hasPostgres ? await startPostgres() : undefined;
  const databases = async (name: string) => [
    ['SQLite', join(scratch, `${name}.db`)] as const,
    ...(server ? [['PostgreSQL', await server.database(name)] as const] : []),
  ];
  try {
    return [
      await loads(await databases('load'), program, syncMilliseconds(scratch)),
      await memory(await databases('many'), program),
    ];
  } finally {
    await server?.stop();
    rmSync(scratch, { recursive: true });
  }
}

type Databases = readonly (readonly [name: string, database: string])[];

/** In turns, so that noise of the machine meets all of them alike. */
async function loads(databases: Databases, program: string, sync: number): Promise<Section> {
  const taken = new Map<string, Load[]>();
  const take = async (name: string, load: Promise<Load>) => taken.set(name, [...(taken.get(name) ?? []), await load]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, database] of databases) {
      const collector = await startCollector(database, { program });
      if (name === 'SQLite') await take('nothing: `/healthz`', load(`${collector.url}healthz`));
      await take(name, load(collector.url, beacons(1_000)));
      await collector.end('SIGTERM');
    }
  }
  const rows = [...taken].map(([name, loads]) => {
    const middle = (of: (load: Load) => number) => median(loads, of)?.toFixed(0);
    return `| ${name} | ${middle(({ perSecond }) => perSecond)} | ${middle(({ p99 }) => p99)} |`;
  });
  console.log(rows.join('\n'));
  return {
    title: '`profiler-report collect` under load',
    text: `Beacons answered a second and the 99th percentile of the time to an answer, with ${CONNECTIONS} connections that send for 1,000 jobs without a pause, from the same machine. Each answer waits until its beacon is on disk; this disk says so after ${sync.toFixed(2)} ms (fdatasync of 4 kB), and those who wait share the wait. Medians of ${ROUNDS} rounds of ${SECONDS} s, in turns with requests that need no database.

| written to | answers/s | p99 ms |
|---|---|---|
${rows.join('\n')}`,
  };
}

async function memory(databases: Databases, program: string): Promise<Section> {
  const rows: string[] = [];
  for (const [name, database] of databases) {
    const collector = await startCollector(database, { program });
    const before = megabytes(collector);
    await load(collector.url, { amount: MANY, ...beacons(MANY) });
    const after = megabytes(collector);
    const start = performance.now();
    const { opens, jobs } = await collector.stats();
    const seconds = (performance.now() - start) / 1000;
    if (opens < MANY) throw new Error(`${name}: ${opens} of ${MANY} beacons were counted`);
    rows.push(`| ${name} | ${before} | ${after} | ${megabytes(collector)} | ${seconds.toFixed(1)} |`);
    console.log(rows.at(-1), jobs);
    await collector.end('SIGTERM');
  }
  return {
    title: '`profiler-report collect` after a million beacons',
    text: `Resident memory of the collector at its start, after ${MANY.toLocaleString('en')} beacons, each of another job (the worst there is: they cannot be summed up), and after \`/stats.json\`, with the time that took.

| database | at start MB | after beacons MB | after statistics MB | statistics s |
|---|---|---|---|---|
${rows.join('\n')}`,
  };
}

/** Requests for so many jobs, one after the other. */
function beacons(jobs: number): Partial<autocannon.Options> {
  let sent = 0;
  const path = () => {
    const arn = `arn:aws:sagemaker:us-east-1:123456789012:processing-job/training-profilerreport-${sent++ % jobs}`;
    return `/?x-artifact-id=profiler-report/0&x-arn=${arn}`;
  };
  return { requests: [{ setupRequest: (request) => ({ ...request, path: path() }) }] };
}

async function load(url: string, options: Partial<autocannon.Options> = {}): Promise<Load> {
  const { errors, non2xx, requests, latency } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    ...options,
  });
  if (errors > 0 || non2xx > 0) throw new Error(`${url}: ${errors} errors and ${non2xx} refusals`);
  return { perSecond: requests.average, p99: latency.p99 };
}

/** Median time that the disk takes to keep 4 kB. */
function syncMilliseconds(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'w');
  const times = Array.from({ length: 201 }, () => {
    const start = performance.now();
    writeSync(file, new Uint8Array(4096));
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return median(times) ?? Number.NaN;
}

/** Resident now. */
function megabytes({ pid }: Collector): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000);
}
