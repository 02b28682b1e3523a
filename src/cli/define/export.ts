import { type Command, Option } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withSource } from './source.ts';

export function defineExport(program: Command, terminal: Terminal): void {
  withSource(program.command('export').description('write raw profiler output as tables for data frames (see docs/tables.md)'))
    .requiredOption('-o, --output <place>', 'folder or s3://bucket/prefix to write to')
    .addOption(new Option('--format <format>', 'of the files').choices(['csv', 'parquet']).default('csv'))
    .option('--tables <list>', 'which ones, separated by commas (default: all)')
    .option('--from <time>', 'leave out what is earlier: seconds since 1970, or a date and time in UTC')
    .option('--to <time>', 'leave out what is later')
    .option('--steps <range>', 'only from one step to just before another: 5-10, or of one mode train:5-10')
    .option('--at <times>', 'instants for the table of activity, separated by commas (default: every minute as an interval)')
    .option('--between <intervals>', 'intervals for the table of activity, <begin>/<end>, separated by commas')
    .option('--bands <limits>', 'limits of the bands of device usage in percent, rising', '10,90')
    .option('--force', 'overwrite files that are there')
    .option('-q, --quiet', 'print nothing unless it fails')
    .action(async (source: string | undefined, options) => {
      const { exportTables } = await import('../commands/export.ts');
      await exportTables(source, options, terminal);
    });
}
