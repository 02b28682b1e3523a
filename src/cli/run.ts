import { Command, CommanderError } from 'commander';
import { UsageError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import type { Terminal } from './terminal.ts';

const SOURCE = 'folder or s3://bucket/prefix that holds profiler-reports/, or any folder above it';

/** Runs one command line (without `node` and the script) and returns its exit code. Commands are loaded when they are asked for. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await program(terminal).parseAsync(args, { from: 'user' });
    return EXIT.fine;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, terminal);
    if (error.exitCode === 0) return EXIT.fine;
    return error.code === 'commander.help' ? EXIT.usage : reportFailure(new UsageError(plain(error.message)), terminal);
  }
}

function program(terminal: Terminal): Command {
  const program = new Command('profiler-report')
    .description('Turns what a training-job profiler left behind into a report people act on.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // Told by `run`, in one line.
      outputError: () => {},
    });

  withSource(program.command('generate'), 'write the report of a job')
    .option('-o, --output <place>', 'folder or s3://bucket/prefix to write to (default: the folder that holds profiler-reports/)')
    .option('--format <list>', 'what to write: html, notebook, json, markdown, separated by commas', 'html,notebook,json')
    .option('--force', 'overwrite files that profiler-report did not make')
    .option('--processing-job-arn <arn>', "the rule's processing job (default: read from an existing profiler-report.ipynb)")
    .option('-q, --quiet', 'print nothing unless it fails')
    .option('--json', 'print one JSON document in place of the summary')
    .action(async (source: string | undefined, options) => {
      const { generate } = await import('./commands/generate.ts');
      await generate(source, options, terminal);
    });

  withSource(program.command('doctor'), 'tell which inputs are there and which rules can be judged, and why not')
    .option('--json', 'print one JSON document in place of the table')
    .action(async (source: string | undefined, options) => {
      const { doctor } = await import('./commands/doctor.ts');
      await doctor(source, options, terminal);
    });
  return program;
}

function withSource(command: Command, description: string): Command {
  return command
    .description(description)
    .argument('[source]', SOURCE)
    .option('--training-job <name>', 'find source, processing job and rule parameters of this training job (DescribeTrainingJob)')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)');
}

/** commander puts its suggestion, where it has one, on a second line. */
function plain(message: string): string {
  const [first = '', suggestion = '(See profiler-report --help.)'] = message.replace(/^error: /, '').split('\n');
  return `${first.endsWith('.') ? first : `${first}.`} ${suggestion.replace(/^\((.*)\)$/, '$1')}`;
}
