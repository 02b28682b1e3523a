import { openStore } from '../../stores/index.ts';
import { readJob } from '../read-job.ts';
import type { RuleOptions } from '../rule-options.ts';
import type { SourceOptions } from '../source.ts';
import { summary, toleratedBy } from '../summary.ts';
import { painter, print, type Terminal } from '../terminal.ts';
import { type WriteOptions, writeJob } from '../write-job.ts';

interface AnalyzeOptions extends SourceOptions, RuleOptions, WriteOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Runs the rules on raw profiler output, writes the eleven rule files and the findings, prints what was found and written. */
export async function analyze(location: string | undefined, options: AnalyzeOptions, terminal: Terminal): Promise<void> {
  // A wrong place is told before a long read.
  if (options.output !== undefined) await openStore(options.output);
  const visible = !options.quiet && !options.json;
  const job = await readJob(location, options, terminal, { formats: [], visible, from: 'raw' });
  const { lines, all: written } = await writeJob(job, options);
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ written, ...job.findings }, null, 2)}\n`);
  } else if (!options.quiet) {
    const paint = painter(terminal);
    print(terminal, [
      ...summary(job.report, paint, toleratedBy(job.findings)),
      '',
      paint('bold', 'Wrote'),
      ...lines.map((line) => `  ${line}`),
    ]);
  }
}
