import { createHash } from 'node:crypto';
import { digestsOf, sourceOfReport } from '../formats/own-report.ts';
import { UsageError } from '../model/errors.ts';
import type { Findings } from '../model/findings.ts';
import { RULE_NAMES } from '../model/rule-names.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import type { OutputFile, Store } from '../model/store.ts';
import { list, visibleName } from '../model/text.ts';
import { isOurs } from './marker.ts';
import { RULE_FOLDER } from './output-place.ts';

const FINDINGS = 'findings.json';

export interface PlanOptions {
  /** Where the rule files were read; absent where they were made here. */
  readonly ruleFolder?: string;
  /** The notebook is among the reports: it reads rule files in `profiler-reports/` beside it, or right beside it. */
  readonly copyRules: boolean;
  readonly force: boolean;
}

/** What to write at a place, in order, so that nothing stands beside data it was not made from. */
export interface OutputPlan {
  readonly rules: readonly OutputFile[];
  readonly others: readonly OutputFile[];
}

/**
 * Plans what to write. Throws a UsageError where that would overwrite what is not ours, or rule files of which these may be the only copy.
 */
export async function planOutput(
  place: Store,
  { output, findings, files }: { output: RuleOutput; findings?: Findings; files: readonly OutputFile[] },
  { ruleFolder, copyRules, force }: PlanOptions,
): Promise<OutputPlan> {
  const others = [...(findings ? [findingsFile(findings)] : []), ...files];
  if (!force) await checkReports(place, others);
  if (!force && findings) await checkOtherJob(place, output, others);
  const near = ruleFolder !== undefined && [place.location, `${place.location}/${RULE_FOLDER}`].includes(ruleFolder);
  return { rules: copyRules && !near ? await changedRules(place, output, force) : [], others };
}

function findingsFile(findings: Findings): OutputFile {
  const bytes = new TextEncoder().encode(`${JSON.stringify(findings, null, 1)}\n`);
  return { path: FINDINGS, bytes, contentType: 'application/json' };
}

async function checkReports(place: Store, reports: readonly OutputFile[]): Promise<void> {
  const existing = await Promise.all(reports.map(async ({ path }) => ({ path, bytes: await place.readIfPresent(path) })));
  const foreign = existing.filter(({ path, bytes }) => bytes !== undefined && !isOurs(path, bytes)).map(({ path }) => path);
  if (foreign.length > 0) {
    const what = `${list(foreign)} in ${place.location} ${foreign.length === 1 ? 'was' : 'were'} not made by profiler-report`;
    throw new UsageError(`${what}: choose another place with -o, or overwrite with --force.`);
  }
}

/** A report of another job that stays would stand beside rule files and findings that it was not made from. */
async function checkOtherJob(place: Store, { source }: RuleOutput, others: readonly OutputFile[]): Promise<void> {
  const stays = 'profiler-report.json';
  if (others.some(({ path }) => path === stays)) return;
  const report = await place.readIfPresent(stays);
  const made = report && sourceOfReport(report);
  if (made === undefined || made === source) return;
  throw new UsageError(
    `${stays} in ${place.location} is of another job (${visibleName(made)}): choose another place with -o, or go on with --force.`,
  );
}

/**
 * Rule files that are not at the place yet, byte for byte. Ones that differ, of another job or edited, stay unless `force`; those that an
 * earlier run made, as its findings tell, are replaced.
 */
async function changedRules(place: Store, { files, analysis }: RuleOutput, force: boolean): Promise<OutputFile[]> {
  const earlier = force ? undefined : await place.readIfPresent(FINDINGS);
  const made = earlier ? digestsOf(earlier) : {};
  const there = await Promise.all(
    RULE_NAMES.map(async (rule) => {
      const path = `${RULE_FOLDER}/${rule}.json`;
      const bytes = files.get(rule);
      // With `force` only what the copy lacks matters: a role that may write need not be able to read.
      const existing = force && bytes ? undefined : await place.readIfPresent(path);
      return { path, bytes, existing, replaceable: existing !== undefined && made[`${rule}.json`] === sha256(existing) };
    }),
  );
  const from = analysis ? 'made from the raw data' : 'read';
  const stale = there.filter(({ bytes, existing }) => existing && !bytes).map(({ path }) => path);
  if (stale.length > 0) {
    const what = `${list(stale)} in ${place.location} ${stale.length === 1 ? 'is' : 'are'} not among the rule files ${from}`;
    throw new UsageError(
      `${what}, and the notebook would show ${stale.length === 1 ? 'it' : 'them'}: move ${stale.length === 1 ? 'it' : 'them'} away, or choose another place with -o.`,
    );
  }
  const changed = there.filter(({ bytes, existing }) => bytes && !(existing && sameBytes(bytes, existing)));
  const different = changed.filter(({ existing, replaceable }) => existing && !replaceable);
  if (different.length > 0) {
    const what = `${list(different.map(({ path }) => path))} in ${place.location} ${different.length === 1 ? 'differs' : 'differ'} from the rule files ${from}`;
    throw new UsageError(`${what}: choose another place with -o, or overwrite with --force.`);
  }
  return changed.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes, contentType: 'application/json' }] : []));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
