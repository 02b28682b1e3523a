import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPython } from '../scripts/setup.mjs';
import type { Section } from './document.ts';
import { writeFrameworkEvents } from './framework-events.ts';
import { type Command, measureInTurns, node, type Run } from './measure.ts';
import { JOB_A, JOB_B, writeRawJob } from './raw-jobs.ts';

const JOBS = [
  { name: 'A', about: '1 node, 8 GPUs, 96 cores, 1 h at 500 ms', write: (folder: string) => writeRawJob(folder, JOB_A) },
  { name: 'B', about: '8 such nodes', write: (folder: string) => writeRawJob(folder, JOB_B) },
  { name: 'F', about: 'an hour of framework events of 8 workers', write: writeFrameworkEvents },
];
const OURS = '`profiler-report analyze`: read, judge all rules, write';
const SMDEBUG = 'smdebug: read';
const LIMIT = 'the limit: finding line feeds in Node';
const VENV = '.cache/bench-peers';
const peers = join(import.meta.dirname, 'peers');

/** Reading and judging raw profiler output, in turns with what else reads it. */
export async function benchRaw(command: string, rounds = 3): Promise<Section[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
  const python = peerPython();
  const columns: JobRuns[] = [];
  try {
    for (const { name, about, write } of JOBS) {
      const folder = join(scratch, name);
      const megabytes = write(folder) / 1e6;
      const commands = commandsFor(name, folder, join(scratch, `report-${name}`), command, python);
      const runs = measureInTurns([...commands.values()], rounds);
      columns.push({ name, about, megabytes, runs: new Map([...commands.keys()].map((key, i) => [key, runs[i] as Run])) });
      console.log(name, columns.at(-1)?.runs);
      rmSync(folder, { recursive: true });
    }
    return [section(columns, rounds, python !== undefined)];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

interface JobRuns {
  readonly name: string;
  readonly about: string;
  readonly megabytes: number;
  readonly runs: ReadonlyMap<string, Run>;
}

/** Python with the peers; undefined where they cannot be installed. */
function peerPython(): string | undefined {
  try {
    installPython(VENV, 'bench/peers/requirements.txt');
    return join(VENV, 'bin', 'python');
  } catch (error) {
    console.error(`Measured without peers: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function commandsFor(job: string, folder: string, output: string, command: string, python?: string): Map<string, Command> {
  const peer = (script: string): Command => [python as string, join(peers, script), folder];
  const commands = new Map<string, Command>([[OURS, node(command, 'analyze', folder, '--output', output, '--force', '--quiet')]]);
  if (python) commands.set(SMDEBUG, peer('smdebug_read.py'));
  if (python && job !== 'F') {
    commands.set('DuckDB read_json: sums by node, metric and moment', peer('duckdb_read.py'));
    commands.set('polars scan_ndjson: the same', peer('polars_read.py'));
  }
  return commands.set(LIMIT, node(join(peers, 'newlines.mjs'), folder));
}

function section(jobs: readonly JobRuns[], rounds: number, hasPeers: boolean): Section {
  const about = jobs.map(({ name, about, megabytes }) => `${name}: ${about}, ${megabytes.toFixed(0)} MB`).join('; ');
  const names = [...new Set(jobs.flatMap(({ runs }) => [...runs.keys()]))];
  const cell = (run: Run | undefined) => (run ? `${(run.milliseconds / 1000).toFixed(2)} / ${run.peakMegabytes.toFixed(0)}` : '');
  const rows = names.map((name) => `| ${[name, ...jobs.map(({ runs }) => cell(runs.get(name)))].join(' | ')} |`);
  const ratios = names.slice(1).map((name) => {
    const ratio = ({ runs }: JobRuns) => (runs.get(name)?.milliseconds ?? Number.NaN) / (runs.get(OURS)?.milliseconds ?? 1);
    return `| ${[name, ...jobs.map((job) => (job.runs.has(name) ? ratio(job).toFixed(2) : ''))].join(' | ')} |`;
  });
  console.log([...rows, ...ratios].join('\n'));
  return {
    title: 'Raw profiler output',
    text: `${about}. Time of the whole process and its peak memory; medians of ${rounds}, taken in turns. smdebug (the reader that the service's rules used) only reads and judges nothing.${hasPeers ? '' : ' The Python peers could not be installed here.'}

| s / MB |${jobs.map(({ name }) => ` ${name} |`).join('')}
|---|${'---|'.repeat(jobs.length)}
${rows.join('\n')}

How many times as long the others take:

| time / ours |${jobs.map(({ name }) => ` ${name} |`).join('')}
|---|${'---|'.repeat(jobs.length)}
${ratios.join('\n')}`,
  };
}
