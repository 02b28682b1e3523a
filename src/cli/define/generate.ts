import { type Command, Option } from 'commander';
import type { Terminal } from '../terminal.ts';
import { withRules } from './rules.ts';
import { withSource } from './source.ts';

export function defineGenerate(program: Command, terminal: Terminal): void {
  withRules(withSource(program.command('generate').description('write the report of a job')))
    .option(
      '-o, --output <place>',
      'folder or s3://bucket/prefix to write to (default: the folder that holds profiler-reports/, or profiler-report/ beside profiler-output/)',
    )
    .option('--format <list>', 'what to write: html, notebook, json, markdown, separated by commas', 'html,notebook,json')
    .option('--from-rules', "read the service's rule files also where raw profiler output lies beside them")
    .option('--force', 'overwrite files that profiler-report did not make')
    .option('--processing-job-arn <arn>', "the rule's processing job (default: read from an existing profiler-report.ipynb)")
    .option(
      '--beacon-endpoint <url>',
      'who may be told that the report is opened, once the person looking says yes (default: nobody)',
    )
    .addOption(new Option('--beacon-arn <form>', 'how the processing job is told').choices(['plain', 'hashed']))
    .option('--opt-out-telemetry', 'make a report that can tell nobody')
    .option('-q, --quiet', 'print nothing unless it fails')
    .option('--json', 'print one JSON document in place of the summary')
    .action(async (source: string | undefined, options) => {
      const { generate } = await import('../commands/generate.ts');
      await generate(source, options, terminal);
    });
}
