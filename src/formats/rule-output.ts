import { UsageError } from '../model/errors.ts';
import type { Input, Problem } from '../model/report.ts';
import { RULE_NAMES, type RuleName } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { RuleReport, RuleReports } from '../model/rule-report.ts';
import type { Store, StoreEntry } from '../model/store.ts';
import { visibleName } from '../model/text.ts';
import { trainingJobName } from './job-name.ts';
import { withoutOwnCopies } from './own-copies.ts';
import { arnOfNotebook } from './own-report.ts';
import { fileName, findRuleFolder, folderName, join, sourceName } from './rule-folder.ts';
import { decodeRuleReport } from './rule-report.ts';

export interface ReadOptions {
  /** Folder of the rule files, or above the raw data, relative to the store, where the caller knows it; otherwise it is searched for. */
  readonly folder?: string;
  /** How the report names the store, where that is not its location: a report is shared, and a home folder tells who made it. */
  readonly shownAs?: string;
  /** Told after each file read: how many of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Finds and reads the rule files of one job, in a listing of the store where there is one already. Missing and damaged files are told in `inputs` and `problems`.
 * Throws a UsageError where no rule file can be read at all.
 */
export async function readRuleOutput(
  store: Store,
  options: ReadOptions = {},
  listing: AsyncIterable<StoreEntry> | Iterable<StoreEntry> = store.list(),
): Promise<RuleOutput> {
  const shownAs = options.shownAs ?? store.location;
  const listed: StoreEntry[] = [];
  for await (const entry of listing) {
    if (options.folder === undefined || folderName(entry.path) === options.folder) listed.push(entry);
  }
  const entries = await withoutOwnCopies(store, shownAs, listed);
  const { folder, passedOver } = findRuleFolder(entries, join(store.location, options.folder ?? ''));
  const here = entries.filter(({ path }) => folderName(path) === folder);
  const present = new Map(here.map((entry) => [fileName(entry.path), entry]));

  const inputs: Input[] = [];
  const problems: Problem[] = [];
  const files = new Map<RuleName, Uint8Array>();
  const reports: Partial<Record<RuleName, RuleReport>> = {};
  const wanted = RULE_NAMES.filter((rule) => present.has(`${rule}.json`));
  let done = 0;
  const contents = await Promise.all(
    wanted.map(async (rule) => {
      const content = await read(store, join(folder, `${rule}.json`));
      options.onProgress?.(++done, wanted.length);
      return [rule, content] as const;
    }),
  );
  for (const [rule, content] of contents) {
    const decoded =
      content instanceof UsageError
        ? { problems: [{ file: `${rule}.json`, path: '', message: visibleName(content.message) }] }
        : decodeRuleReport(rule, content);
    if (!(content instanceof UsageError)) files.set(rule, content);
    problems.push(...decoded.problems);
    if (decoded.report) reports[rule] = decoded.report;
    inputs.push({
      file: `${rule}.json`,
      status: decoded.report ? 'read' : 'damaged',
      ...(content instanceof UsageError ? {} : { bytes: content.length }),
      ...(decoded.problems[0] ? { detail: decoded.problems[0].message } : {}),
    });
  }
  const source = sourceName(shownAs, folder);
  if (Object.keys(reports).length === 0) {
    const [first] = problems;
    throw new UsageError(`none of the ${wanted.length} rule files in ${source} can be read (${first?.file}: ${first?.message}).`);
  }
  inputs.push(
    ...RULE_NAMES.filter((rule) => !wanted.includes(rule)).map((rule) => ({ file: `${rule}.json`, status: 'missing' as const })),
  );
  inputs.push(...ignored(here), ...passedOver.map((path) => olderReport(path)));

  const arn = await processingJobArn(store, folder);
  const job = trainingJobName(join(store.location, folder));
  return {
    source,
    folder,
    reports: reports as RuleReports,
    files,
    inputs,
    problems,
    ...(job === undefined ? {} : { trainingJobName: job }),
    ...(arn === undefined ? {} : { processingJobArn: arn }),
  };
}

/** The file, or why it cannot be had: one file that cannot be opened does not cost the others. */
async function read(store: Store, path: string): Promise<Uint8Array | UsageError> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** JSON files beside the rule files that are none of the eleven: named, never fatal. */
function ignored(here: readonly StoreEntry[]): Input[] {
  const known = new Set<string>([...RULE_NAMES.map((rule) => `${rule}.json`), 'profiler-report.json']);
  const unknown = here.filter(({ path }) => path.endsWith('.json') && !known.has(fileName(path)));
  return unknown.map(({ path, bytes }) => {
    return { file: visibleName(fileName(path)), status: 'ignored' as const, bytes, detail: 'not one of the eleven rule files' };
  });
}

function olderReport(path: string): Input {
  return { file: visibleName(path), status: 'ignored', detail: 'an older report of the same job' };
}

/** Known from the notebook the service left beside `profiler-reports/` (or, where all files lie flat, beside the rule files). */
export async function processingJobArn(store: Store, folder: string): Promise<string | undefined> {
  const inside = folder === '' ? [''] : [folderName(folder), folder];
  for (const place of inside) {
    const notebook = await store.readIfPresent(join(place, 'profiler-report.ipynb')).catch(() => undefined);
    const arn = notebook && arnOfNotebook(notebook);
    if (arn) return arn;
  }
  return undefined;
}
