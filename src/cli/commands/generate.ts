import { UNKNOWN_JOB } from '../../consent/usage.ts';
import { UsageError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { openStore } from '../../stores/index.ts';
import { parseFormats } from '../formats.ts';
import { readJob } from '../read-job.ts';
import type { RuleOptions } from '../rule-options.ts';
import type { SourceOptions } from '../source.ts';
import { summary, toleratedBy, usageLines } from '../summary.ts';
import { painter, print, type Terminal } from '../terminal.ts';
import type { UsageOptions } from '../usage-settings.ts';
import { type WriteOptions, writeJob } from '../write-job.ts';

export interface GenerateOptions extends SourceOptions, RuleOptions, UsageOptions, WriteOptions {
  readonly format: string;
  readonly fromRules?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Reads a job, writes its report, prints what was found and written. */
export async function generate(location: string | undefined, options: GenerateOptions, terminal: Terminal): Promise<Report> {
  const formats = parseFormats(options.format);
  // A wrong place is told before a long read.
  if (options.output !== undefined) await openStore(options.output);
  const visible = !options.quiet && !options.json;
  const from = options.fromRules ? ({ from: 'rules' } as const) : {};
  const job = await readJob(location, options, terminal, { formats, visible, usage: options, ...from });
  const { trainingJob, report, findings, usage } = job;
  if (options.beaconEndpoint !== undefined && usage === UNKNOWN_JOB) {
    throw new UsageError(`--beacon-endpoint: ${usage.reason}. Name it with --processing-job-arn.`);
  }

  const written = await writeJob(job, options);
  if (options.json) {
    const { job, counts, actions, rules, inputs, problems } = report;
    terminal.stdout.write(
      `${JSON.stringify({ written: written.all, job, counts, actions, rules, inputs, problems, trainingJob, usage }, null, 2)}\n`,
    );
  } else if (!options.quiet) {
    const paint = painter(terminal);
    const wrote = ['', paint('bold', 'Wrote'), ...written.lines.map((line) => `  ${line}`)];
    print(terminal, [...summary(report, paint, toleratedBy(findings)), ...usageLines(usage, paint), ...wrote]);
  }
  return report;
}
