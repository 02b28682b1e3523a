import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withRules } from './rules.ts';
import { withSource } from './source.ts';

export function defineDoctor(program: Command, terminal: Terminal): void {
  const command = program.command('doctor').description('tell which inputs are there and which rules can be judged, and why not');
  withRules(withSource(command))
    .option('--from-rules', "read the service's rule files also where raw profiler output lies beside them")
    .option('--json', 'print one JSON document in place of the table')
    .action(async (source: string | undefined, options) => {
      const { doctor } = await import('../commands/doctor.ts');
      await doctor(source, options, terminal);
    });
}
