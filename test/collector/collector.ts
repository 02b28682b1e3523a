import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

export const TOKEN = 'a-read-token-of-the-tests';
export const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/job-1-profilerreport-0a1b2c3d';

export interface Collector {
  /** Ends with a slash. */
  readonly url: string;
  readonly pid: number;
  /** What it printed on standard output at its start. */
  readonly greeting: readonly string[];
  /** What it printed on standard error until now. */
  stderr(): string;
  /** Sends a beacon for this ARN; headers are the client's. */
  open(arn?: string, headers?: Record<string, string>): Promise<Response>;
  stats(): Promise<{ opens: number; jobs: number; perJob: { arn: string; opens: number }[] }>;
  /** Ends it; resolves to its exit code and to all that it printed on standard error. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; stderr: string }>;
}

interface Start {
  /** Beside a free port, the database, the token, and no limit of requests. */
  readonly more?: readonly string[];
  /** A program, with its arguments, that runs the command. */
  readonly through?: readonly string[];
  /** The command itself. */
  readonly program?: string;
  /** To read the counts; an empty one is none. */
  readonly token?: string;
}

/** Starts the real command and waits until it listens. */
export async function startCollector(
  database: string,
  { more = [], through = [], program = main, token = TOKEN }: Start = {},
): Promise<Collector> {
  const args = ['collect', '--port', '0', '--database', database, '--rate-limit', '0', ...more];
  const [first = '', ...rest] = [...through, process.execPath, program, ...args];
  const child = spawn(first, rest, {
    env: { ...process.env, PROFILER_REPORT_READ_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const greeting: string[] = [];
  for await (const line of createInterface(child.stdout)) if (greeting.push(line) === 3) break;
  const url = /http:\S+/.exec(greeting[1] ?? '')?.[0];
  if (url === undefined) throw new Error(`the collector did not start: ${stderr}`);

  return {
    url,
    pid: child.pid ?? 0,
    greeting,
    stderr: () => stderr,
    open: (arn = ARN, headers = {}) => fetch(`${url}?x-artifact-id=profiler-report/0&x-arn=${arn}`, { headers }),
    async stats() {
      const answer = await fetch(`${url}stats.json`, { headers: { authorization: `Bearer ${TOKEN}` } });
      if (!answer.ok) throw new Error(`statistics: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Awaited<ReturnType<Collector['stats']>>;
    },
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await ended;
      return { code, stderr };
    },
  };
}
