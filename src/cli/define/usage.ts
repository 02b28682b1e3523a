import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { whole } from './whole.ts';

export function defineUsage(program: Command, terminal: Terminal): void {
  const usage = withDatabase(program.command('usage').description('print how often reports were opened, per job and per day'))
    .option('--json', 'print one JSON document in place of the tables')
    .option('--csv', 'print one CSV table in place of them')
    .action(async (options) => {
      const { usage } = await import('../commands/usage.ts');
      await usage(options, terminal);
    });

  withDatabase(usage.command('forget').description('delete what was counted for a processing job'))
    .argument('<arn>', 'its ARN, or the SHA-256 of its ARN')
    .action(async (arn: string, options) => {
      const { usageForget } = await import('../commands/usage-forget.ts');
      await usageForget(arn, options, terminal);
    });

  withDatabase(usage.command('import').description('count the opens in S3 server access logs, each request once'))
    .argument('<logs>', 'folder, file or s3://bucket/prefix')
    .option('--keep-days <days>', 'leave out opens from more days ago', whole(1, 36_500), 365)
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)')
    .option('--json', 'print one JSON document in place of the summary')
    .action(async (logs: string, options) => {
      const { usageImport } = await import('../commands/usage-import.ts');
      await usageImport(logs, options, terminal);
    });
}

function withDatabase(command: Command): Command {
  return command.option('--database <database>', 'where opens are counted: an SQLite file, or postgres://user@host/name');
}
