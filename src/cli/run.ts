import { Command, CommanderError } from 'commander';
import { UsageError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { defineAnalyze } from './define/analyze.ts';
import { defineCollect } from './define/collect.ts';
import { defineConsent } from './define/consent.ts';
import { defineDoctor } from './define/doctor.ts';
import { defineExport } from './define/export.ts';
import { defineGenerate } from './define/generate.ts';
import { defineMonitor } from './define/monitor.ts';
import { defineOptOut } from './define/opt-out.ts';
import { defineRule } from './define/rule.ts';
import { defineTimeline } from './define/timeline.ts';
import { defineUsage } from './define/usage.ts';
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** In the order of the help. Each tells its options; its code is loaded when it is asked for. */
const COMMANDS = [
  defineGenerate,
  defineAnalyze,
  defineDoctor,
  defineTimeline,
  defineExport,
  defineRule,
  defineMonitor,
  defineCollect,
  defineUsage,
  defineConsent,
  defineOptOut,
];

/** Runs one command line (without `node` and the script) and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.fine;
  try {
    await program(terminal, (ended) => (code = ended)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, terminal);
    if (error.exitCode === 0) return EXIT.fine;
    return error.code === 'commander.help' ? EXIT.usage : reportFailure(new UsageError(plain(error.message)), terminal);
  }
}

function program(terminal: Terminal, end: (code: number) => void): Command {
  const program = new Command('profiler-report')
    .description('Turns what a training-job profiler left behind into a report people act on.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // Those of `usage forget` are not those of `usage`, though some have the same name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // Told by `run`, in one line.
      outputError: () => {},
    });

  for (const define of COMMANDS) define(program, terminal, end);
  return program;
}

/** commander puts its suggestion, where it has one, on a second line. */
function plain(message: string): string {
  const [first = '', suggestion = '(See profiler-report --help.)'] = message.replace(/^error: /, '').split('\n');
  return `${first.endsWith('.') ? first : `${first}.`} ${suggestion.replace(/^\((.*)\)$/, '$1')}`;
}
