import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

export function defineOptOut(program: Command, terminal: Terminal): void {
  program
    .command('opt-out')
    .description("take the beacon out of reports that exist, html and notebook, ours and the original service's")
    .argument('<places...>', 'files, folders with everything below them, s3://bucket/key or s3://bucket/prefix')
    .option('--dry-run', 'tell what would change, and write nothing')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)')
    .option('--json', 'print one JSON document in place of the list')
    .action(async (places: string[], options) => {
      const { optOutReports } = await import('../commands/opt-out.ts');
      await optOutReports(places, options, terminal);
    });
}
