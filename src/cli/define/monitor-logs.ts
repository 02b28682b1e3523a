import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

/** @param monitor The command that this one is below. */
export function defineMonitorLogs(monitor: Command, terminal: Terminal): void {
  monitor
    .command('logs')
    .description('print log lines of what has no metrics')
    .helpCommand(false)
    .command('notebook-instance')
    .description('what the lifecycle configuration of a notebook instance wrote, secrets masked')
    .argument('<name>', 'of it, as SageMaker has it')
    .option('--last <span>', 'how far back to look: 90s, 30m, 3h, 2d, 1w', '1d')
    .option('--grep <pattern>', 'only lines that match this regular expression')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)')
    .action(async (name: string, options) => {
      const { monitorNotebookLogs } = await import('../commands/monitor-logs.ts');
      await monitorNotebookLogs(name, options, terminal);
    });
}
