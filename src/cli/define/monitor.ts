import type { Command } from 'commander';
import type { SubjectKind } from '../../model/monitored.ts';
import type { Terminal } from '../terminal.ts';
import { CONDITIONS_HELP } from './conditions-help.ts';
import { defineMonitorAlarms } from './monitor-alarms.ts';
import { defineMonitorLogs } from './monitor-logs.ts';
import { repeated } from './repeated.ts';
import { whole } from './whole.ts';

const SUBJECTS = [
  ['training-job', 'training job', 'a training job'],
  ['transform-job', 'transform job', 'a batch transform job'],
  ['processing-job', 'processing job', 'a processing job'],
  ['endpoint', 'endpoint', 'an endpoint, an inference pipeline included'],
] as const satisfies readonly (readonly [command: string, kind: SubjectKind, what: string])[];

/** @param end sets the code the command ends with where nothing fails. */
export function defineMonitor(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const monitor = program
    .command('monitor')
    .description('write a report of what CloudWatch has of a job or an endpoint')
    .helpCommand(false);
  for (const [command, kind, what] of SUBJECTS) {
    withReport(withSpan(withVariant(monitor.command(command).description(`report on ${what}`), kind))).action(
      async (name: string, options) => {
        const { monitor } = await import('../commands/monitor.ts');
        end(await monitor(kind, name, options, terminal));
      },
    );
  }
  defineMonitorAlarms(monitor, terminal);
  defineMonitorLogs(monitor, terminal);
}

function withVariant(command: Command, kind: SubjectKind): Command {
  command.argument('<name>', 'of it, as SageMaker has it');
  return kind === 'endpoint'
    ? command.option('--variant <name>', 'production variant to look at (default: all of the endpoint)')
    : command;
}

/** What to look at, and where it comes from. */
function withSpan(command: Command): Command {
  return command
    .option('--start <time>', 'where the report begins: seconds since 1970, or a date and time, in UTC unless it names its zone')
    .option('--end <time>', 'where it ends (default: now, or the end of the job)')
    .option('--last <span>', 'the time before --end, or before now: 90s, 30m, 3h, 2d, 1w')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)')
    .option('--no-logs', 'leave the logs out')
    .option('--grep <pattern>', 'keep log lines that match this regular expression, too')
    .option('--from <file>', 'read what the AWS CLI printed, or --save kept, in place of asking AWS; may be repeated', repeated)
    .option('--instance-type <type>', 'with --from, where the files do not tell: ml.c5.xlarge')
    .option('--instance-count <count>', 'with --from, where the files do not tell', whole(1, 100_000))
    .option('--save <file>', 'keep what was fetched, for --from; packed where it ends in .gz');
}

/** What becomes of it. */
function withReport(command: Command): Command {
  return command
    .option('-o, --output <place>', 'folder or s3://bucket/prefix to write to (default: <name>-monitor)')
    .option('--format <list>', 'what to write: html, notebook, json, markdown, separated by commas', 'html,notebook,json')
    .option('--param <name=value>', 'a limit of a rule, such as LatencyOverTarget_target=200; may be repeated', repeated)
    .option('--fail-on <condition>', "end with 1 where it is met: 'ModelLatency p99 > 200ms for 5m'; may be repeated", repeated)
    .option('--watch <interval>', 'make it anew so often, until it is stopped: 60s, 5m')
    .option('--force', 'overwrite files that profiler-report did not make')
    .option('-q, --quiet', 'print nothing unless it fails')
    .option('--json', 'print one JSON document in place of the summary')
    .addHelpText('after', CONDITIONS_HELP);
}
