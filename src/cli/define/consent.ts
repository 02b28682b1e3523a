import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

export function defineConsent(program: Command, terminal: Terminal): void {
  const consent = program
    .command('consent')
    .description('say whether a notebook you run may tell that its report was opened')
    .helpCommand(false);

  consent
    .command('show')
    .description('print what you answered and what follows from it')
    .option('--endpoint <url>', 'who would be told (default: everybody who is known)')
    .option('--json', 'print one JSON document in place of the tables')
    .action(async (options) => {
      const { consentShow } = await import('../commands/consent-show.ts');
      await consentShow(options, terminal);
    });

  consent
    .command('grant')
    .description('say yes for one endpoint')
    .requiredOption('--endpoint <url>', 'who may be told')
    .action(async (options) => {
      const { consentGrant } = await import('../commands/consent.ts');
      await consentGrant(options.endpoint, terminal);
    });

  consent
    .command('deny')
    .description('say no, for every endpoint')
    .action(async () => {
      const { consentDeny } = await import('../commands/consent.ts');
      await consentDeny(terminal);
    });

  consent
    .command('revoke')
    .description('forget what you answered, as if never asked')
    .option('--endpoint <url>', 'forget only what you answered for it')
    .action(async (options) => {
      const { consentRevoke } = await import('../commands/consent.ts');
      await consentRevoke(options.endpoint, terminal);
    });
}
