import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { whole } from './whole.ts';

export function defineRule(program: Command, terminal: Terminal): void {
  program
    .command('rule')
    .description('run as a rule container of SageMaker Processing does: data and configuration below /opt/ml')
    .option('--root <folder>', 'where /opt/ml lies', '/')
    .option('--patience <minutes>', 'how long to wait for more data while the training job runs', whole(0, 10_000), 15)
    .action(async (options) => {
      const { rule } = await import('../commands/rule.ts');
      await rule(options, terminal);
    });
}
