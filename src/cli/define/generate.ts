import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withSource } from './source.ts';

export function defineGenerate(program: Command, terminal: Terminal): void {
  withSource(program.command('generate').description('write the report of a job'))
    .option('-o, --output <place>', 'folder or s3://bucket/prefix to write to (default: the folder that holds profiler-reports/)')
    .option('--format <list>', 'what to write: html, notebook, json, markdown, separated by commas', 'html,notebook,json')
    .option('--force', 'overwrite files that profiler-report did not make')
    .option('--processing-job-arn <arn>', "the rule's processing job (default: read from an existing profiler-report.ipynb)")
    .option('-q, --quiet', 'print nothing unless it fails')
    .option('--json', 'print one JSON document in place of the summary')
    .action(async (source: string | undefined, options) => {
      const { generate } = await import('../commands/generate.ts');
      await generate(source, options, terminal);
    });
}
