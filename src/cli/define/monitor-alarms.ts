import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { CONDITIONS_HELP } from './conditions-help.ts';
import { repeated } from './repeated.ts';

/** @param monitor The command that this one is below. */
export function defineMonitorAlarms(monitor: Command, terminal: Terminal): void {
  monitor
    .command('alarms')
    .description('print alarms as a CloudFormation template, or create them')
    .helpCommand(false)
    .command('endpoint')
    .description('alarms on an endpoint, one for each condition and variant')
    .argument('<name>', 'of it, as SageMaker has it')
    .option('--variant <name>', 'production variant to watch (default: all of the endpoint)')
    .option(
      '--fail-on <condition>',
      'what to watch for; may be repeated (default: what the rules for endpoints look for)',
      repeated,
    )
    .option('--sns-topic <arn>', 'SNS topic to tell of alarms and of their end')
    .option('--apply', 'create them, or change those of the same names, in place of printing a template')
    .option('--from <file>', 'take the variants from a file, as `monitor endpoint` does; may be repeated', repeated)
    .option('--instance-type <type>', 'that the variants run on: ml.c5.xlarge; with --variant nothing is asked of SageMaker')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)')
    .addHelpText('after', CONDITIONS_HELP)
    .action(async (name: string, options) => {
      const { monitorAlarms } = await import('../commands/monitor-alarms.ts');
      await monitorAlarms(name, options, terminal);
    });
}
