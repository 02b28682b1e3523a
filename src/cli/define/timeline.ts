import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withSource } from './source.ts';

export function defineTimeline(program: Command, terminal: Terminal): void {
  withSource(
    program.command('timeline').description('merge raw profiler output into one trace for Perfetto and chrome://tracing'),
  )
    .requiredOption(
      '-o, --output <file>',
      'file (.json), or folder or s3://bucket/prefix for <end>_<worker>_merged_timeline.json',
    )
    .option('--from <time>', 'leave out what is over earlier: seconds since 1970, or a date and time in UTC')
    .option('--to <time>', 'leave out what begins later')
    .option('--steps <range>', 'only from one step to just before another: 5-10, or of one mode train:5-10')
    .option('--kinds <list>', 'of python, model, horovod, smdataparallel, tensorflow, system (default: all)')
    .option('--force', 'overwrite a file that is there')
    .option('-q, --quiet', 'print nothing unless it fails')
    .action(async (source: string | undefined, options) => {
      const { writeTimeline } = await import('../commands/timeline.ts');
      await writeTimeline(source, options, terminal);
    });
}
