import { UsageError } from '../model/errors.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { OutputFile, Store } from '../model/store.ts';
import { list } from '../model/text.ts';
import { isOurs } from './marker.ts';
import { RULE_FOLDER } from './output-place.ts';

export interface PlanOptions {
  /** Where the rule files were read. */
  readonly ruleFolder: string;
  /** The notebook is among the reports: it reads rule files in `profiler-reports/` beside it, or right beside it. */
  readonly copyRules: boolean;
  readonly force: boolean;
}

/**
 * What to write at a place, in order: rule files first, so that no report stands beside data it was not made from. Throws a UsageError
 * where that would overwrite what is not ours, or rule files of which these may be the only copy.
 */
export async function planOutput(
  place: Store,
  reports: readonly OutputFile[],
  output: RuleOutput,
  { ruleFolder, copyRules, force }: PlanOptions,
): Promise<OutputFile[]> {
  if (!force) await checkReports(place, reports);
  const near = [place.location, `${place.location}/${RULE_FOLDER}`].includes(ruleFolder);
  const rules = copyRules && !near ? await changedRules(place, output, force) : [];
  return [...rules, ...reports];
}

async function checkReports(place: Store, reports: readonly OutputFile[]): Promise<void> {
  const existing = await Promise.all(reports.map(async ({ path }) => ({ path, bytes: await place.readIfPresent(path) })));
  const foreign = existing.filter(({ path, bytes }) => bytes !== undefined && !isOurs(path, bytes)).map(({ path }) => path);
  if (foreign.length > 0) {
    const what = `${list(foreign)} in ${place.location} ${foreign.length === 1 ? 'was' : 'were'} not made by profiler-report`;
    throw new UsageError(`${what}: choose another place with -o, or overwrite with --force.`);
  }
}

/** Rule files that are not at the place yet, byte for byte. Ones that differ, of another job or edited, stay unless `force`. */
async function changedRules(place: Store, output: RuleOutput, force: boolean): Promise<OutputFile[]> {
  const there = await Promise.all(
    RULE_NAMES.map(async (rule) => {
      const path = `${RULE_FOLDER}/${rule}.json`;
      const bytes = output.files.get(rule);
      // With `force` only what the copy lacks matters: a role that may write need not be able to read.
      return { path, bytes, existing: force && bytes ? undefined : await place.readIfPresent(path) };
    }),
  );
  const stale = there.filter(({ bytes, existing }) => existing && !bytes).map(({ path }) => path);
  if (stale.length > 0) {
    const what = `${list(stale)} in ${place.location} ${stale.length === 1 ? 'is' : 'are'} not among the rule files read`;
    throw new UsageError(
      `${what}, and the notebook would show ${stale.length === 1 ? 'it' : 'them'}: move ${stale.length === 1 ? 'it' : 'them'} away, or choose another place with -o.`,
    );
  }
  const different = there.filter(({ bytes, existing }) => existing && bytes && !sameBytes(bytes, existing));
  if (different.length > 0) {
    const what = `${list(different.map(({ path }) => path))} in ${place.location} ${different.length === 1 ? 'differs' : 'differ'} from the rule files read`;
    throw new UsageError(`${what}: choose another place with -o, or overwrite with --force.`);
  }
  return there.flatMap(({ path, bytes, existing }) =>
    bytes && !(existing && sameBytes(bytes, existing)) ? [{ path, bytes, contentType: 'application/json' }] : [],
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
