import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withRules } from './rules.ts';
import { withSource } from './source.ts';

export function defineAnalyze(program: Command, terminal: Terminal): void {
  const command = program.command('analyze').description('run the rules on raw profiler output and write what they found');
  withRules(withSource(command))
    .option(
      '-o, --output <place>',
      'folder or s3://bucket/prefix for profiler-reports/ and findings.json (default: profiler-report/ beside profiler-output/)',
    )
    .option('--force', 'overwrite files that profiler-report did not make')
    .option('--processing-job-arn <arn>', "the rule's processing job (default: read from an existing profiler-report.ipynb)")
    .option('-q, --quiet', 'print nothing unless it fails')
    .option('--json', 'print the findings as one JSON document in place of the summary')
    .action(async (source: string | undefined, options) => {
      const { analyze } = await import('../commands/analyze.ts');
      await analyze(source, options, terminal);
    });
}
