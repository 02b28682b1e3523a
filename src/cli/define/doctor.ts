import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withSource } from './source.ts';

export function defineDoctor(program: Command, terminal: Terminal): void {
  withSource(program.command('doctor').description('tell which inputs are there and which rules can be judged, and why not'))
    .option('--json', 'print one JSON document in place of the table')
    .action(async (source: string | undefined, options) => {
      const { doctor } = await import('../commands/doctor.ts');
      await doctor(source, options, terminal);
    });
}
