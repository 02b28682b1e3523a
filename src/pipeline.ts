import { optsOut } from './consent/inputs.ts';
import { type UsageSettings, usageOf } from './consent/usage.ts';
import { findingsOf } from './findings.ts';
import { type LoadOptions, load } from './load.ts';
import { jobFacts } from './measures/job-facts.ts';
import type { Findings } from './model/findings.ts';
import type { Report } from './model/report.ts';
import type { RuleOutput } from './model/rule-output.ts';
import type { OutputFile, Store } from './model/store.ts';
import type { Usage } from './model/usage.ts';
import { VERSION } from './model/version.ts';
import { judgeAll } from './rules/judge.ts';
import { compose } from './sections/index.ts';
import type { Format } from './writers/index.ts';
import { written } from './written.ts';

export interface PipelineOptions extends LoadOptions {
  /** What to write; nothing when left out. */
  readonly formats?: readonly Format[];
  /** False leaves the sections out, which take as long as reading: verdicts, findings and rule files are there without them. */
  readonly sections?: boolean;
  /** Given by the caller, each wins over what the files tell. */
  readonly processingJobArn?: string;
  readonly trainingJobName?: string;
  /** Who would be told that the report is opened, once the person looking says yes; nobody when left out. */
  readonly usage?: UsageSettings;
}

export interface PipelineResult {
  readonly report: Report;
  /** The rule files, read or made here, for whoever copies or explains them. */
  readonly output: RuleOutput;
  /** What the rules found beyond their files, where raw data was read. */
  readonly findings?: Findings;
  /** Whether the written report may ask the person looking to be counted. */
  readonly usage: Usage;
  /** The written forms of the report, in memory. */
  readonly files: readonly Required<OutputFile>[];
}

/**
 * From raw data or rule files to a report: load, judge, compose, write. Reads from `store`, writes nothing to it.
 * Throws a UsageError where nothing can be read.
 */
export async function pipeline(store: Store, options: PipelineOptions = {}): Promise<PipelineResult> {
  const { processingJobArn, trainingJobName, jobParameters } = options;
  const { output: read, outcomes } = await load(store, options);
  const output = {
    ...read,
    ...(processingJobArn ? { processingJobArn } : {}),
    ...(trainingJobName ? { trainingJobName } : {}),
    ...(jobParameters ? { jobParameters } : {}),
  };

  const facts = jobFacts(output);
  const results = judgeAll(output, facts, outcomes);
  const report = compose(output, facts, results, VERSION, options.sections);

  const optedOut = options.usage?.opt_out_telemetry || optsOut(output.jobParameters ?? {});
  const usage = usageOf({ ...options.usage, opt_out_telemetry: optedOut }, report.job.processingJobArn);

  const files = await written(report, usage, options.formats ?? []);
  const findings = output.analysis && findingsOf(report, output, output.analysis);
  return { report, output, usage, files, ...(findings ? { findings } : {}) };
}
