import { type AnalyzeOptions, analyze } from './analyze.ts';
import { ownFolders } from './formats/own-copies.ts';
import { noRawOutput, readRawFiles } from './formats/profiler-output.ts';
import { findRawFiles } from './formats/raw-files.ts';
import { entriesBelow, join, ruleFolders } from './formats/rule-folder.ts';
import { processingJobArn, type ReadOptions, readRuleOutput } from './formats/rule-output.ts';
import { UsageError } from './model/errors.ts';
import type { Input, Problem } from './model/report.ts';
import type { RuleOutput } from './model/rule-output.ts';
import type { Store, StoreEntry } from './model/store.ts';
import { visibleName } from './model/text.ts';
import { givenParameters } from './rules/given-parameters.ts';
import { allRules } from './rules/index.ts';
import type { AddedRule } from './rules/rule.ts';
import type { Outcome } from './rules/run-rules.ts';

export interface LoadOptions extends ReadOptions, AnalyzeOptions {
  /** What to read where that matters; left out, raw data where there is some, else rule files. */
  readonly from?: 'raw' | 'rules';
  /** Parameters of the ProfilerReport rule, from the training job: those of single rules are used on raw data, all are shown. */
  readonly jobParameters?: Readonly<Record<string, string>>;
}

/** The rule files of a job, read or made here. */
export interface Loaded {
  readonly output: RuleOutput;
  /** What the rules made of the raw data, where there is some. */
  readonly outcomes?: ReadonlyMap<string, Outcome>;
}

/**
 * Reads the raw data of one job and runs the rules on it; where there is none, reads the service's rule files. Throws a UsageError where
 * nothing can be read, or what only raw data can answer is asked of rule files.
 */
export async function load(store: Store, options: LoadOptions = {}): Promise<Loaded> {
  const { mode, parameters, rules, from, jobParameters = {} } = options;
  const entries = await entriesBelow(store, options.folder);
  const location = join(store.location, options.folder ?? '');
  const raw = from === 'rules' ? undefined : findRawFiles(entries, location);
  if (!raw && from === 'raw') throw noRawOutput(location);
  if (!raw) {
    const output = await readRuleOutput(store, options, entries);
    if (mode === undefined && parameters === undefined && rules === undefined) return { output };
    const asked = 'the mode, parameters and rules given here need the raw profiler output';
    throw new UsageError(`${output.source} holds rule files: ${asked}. Name a folder that holds profiler-output/.`);
  }

  const { run, ...read } = await readRawFiles(store, raw, options);
  const ofJob = thresholdsOf(jobParameters, rules ?? []);
  const analyzed = analyze(run, { ...options, parameters: { ...ofJob.used, ...parameters } });
  const beside = await rulesBeside(store, options, entries);
  const output = {
    ...read,
    ...beside,
    files: analyzed.files,
    reports: analyzed.reports,
    analysis: analyzed.analysis,
    problems: [...ofJob.problems, ...analyzed.problems],
    inputs: [...read.inputs, ...beside.inputs],
  };
  return { output, outcomes: analyzed.outcomes };
}

/** Those of the job's parameters that single rules understand; the job cannot be changed any more, so others are told and left. */
function thresholdsOf(parameters: Readonly<Record<string, string>>, added: readonly AddedRule[]) {
  const { refused } = givenParameters(parameters, allRules(added));
  const names = new Set(refused.map(({ name }) => name));
  return {
    used: Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.has(name))),
    problems: refused.map(({ name, reason }): Problem => ({ file: 'rule parameters', path: visibleName(name), message: reason })),
  };
}

/** What the service's rule files beside raw data are good for: they tell the processing job. Our own of an earlier run are not worth a word. */
async function rulesBeside(store: Store, { shownAs = store.location }: LoadOptions, entries: readonly StoreEntry[]) {
  const folders = ruleFolders(entries);
  const own = await ownFolders(store, shownAs, folders);
  const unused = folders.filter((folder) => !own.includes(folder));
  const arns = await Promise.all(folders.map((folder) => processingJobArn(store, folder)));
  const arn = arns.find((found) => found !== undefined);
  const detail = 'rule files of the service, not used: the raw data was judged';
  return {
    inputs: unused.map((folder): Input => ({ file: visibleName(folder || '.'), status: 'ignored', detail })),
    ...(arn === undefined ? {} : { processingJobArn: arn }),
  };
}
