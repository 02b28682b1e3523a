import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from 'd3-array';

const preload = join(import.meta.dirname, 'peak-memory.mjs');

/** A program and its arguments; it tells its peak memory (kB) on the fourth file descriptor. */
export type Command = readonly [program: string, ...args: string[]];

/** Starts this Node. */
export function node(...args: string[]): Command {
  return [process.execPath, '--import', preload, ...args];
}

export interface Run {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** Medians over runs of each command, taken in turns, so that noise of the machine meets all of them alike. Throws where one fails. */
export function measureInTurns(commands: readonly Command[], rounds: number): Run[] {
  const runs = commands.map(() => [] as Run[]);
  for (let round = 0; round < rounds; round++) for (const [i, command] of commands.entries()) runs[i]?.push(once(command));
  return runs.map((taken) => ({
    milliseconds: median(taken, (run) => run.milliseconds) ?? Number.NaN,
    peakMegabytes: median(taken, (run) => run.peakMegabytes) ?? Number.NaN,
  }));
}

function once([program, ...args]: Command): Run {
  const start = performance.now();
  const { status, output } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return { milliseconds, peakMegabytes: Number(output[3]) / 1000 };
}
