import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { whole } from './whole.ts';

export function defineCollect(program: Command, terminal: Terminal): void {
  program
    .command('collect')
    .description('count the opens of reports: the service that --beacon-endpoint of reports names')
    .requiredOption('--port <port>', 'to listen on; 0 is any free one', whole(0, 65_535))
    .requiredOption('--database <database>', 'where opens are counted: an SQLite file, or postgres://user@host/name')
    .option('--host <host>', 'address to listen on; 0.0.0.0 for all of this machine', '127.0.0.1')
    .option(
      '--read-token <token>',
      'what reading the counts takes (default: PROFILER_REPORT_READ_TOKEN, or one made at the start)',
    )
    .option('--keep-days <days>', 'remove what was counted more days ago', whole(1, 36_500), 365)
    .option('--rate-limit <requests>', 'most requests a minute from one address; 0 is no limit', whole(0, 60_000), 60)
    .option('--trust-proxy', 'a proxy in front tells the address to limit by, as the last in X-Forwarded-For')
    .action(async (options) => {
      const { collect } = await import('../commands/collect.ts');
      await collect(options, terminal);
    });
}
