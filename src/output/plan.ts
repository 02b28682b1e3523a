import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { digestsOf, sourceOfReport } from '../formats/own-report.ts';
import { RULE_FOLDER } from '../formats/rule-folder.ts';
import type { Findings } from '../model/findings.ts';
import { RULE_NAMES, type RuleName } from '../model/rule-names.ts';
import type { OutputFile, Store } from '../model/store.ts';
import { isEdited } from '../writers/notebook/digest.ts';
import { isOurs } from './marker.ts';

export const FINDINGS = 'findings.json';
const REPORT = 'profiler-report.json';

/** What a run made and read. */
export interface Made {
  /** Where the rule files or the raw data lie, as the report shows it. */
  readonly source: string;
  readonly rules: ReadonlyMap<RuleName, Uint8Array>;
  /** Reports, and findings where there are some. */
  readonly others: readonly OutputFile[];
}

export interface PlanOptions {
  /** Where the rule files were read; absent where they were made here. */
  readonly ruleFolder?: string;
  /** The notebook is among the reports: it reads rule files in `profiler-reports/` beside it, or right beside it. */
  readonly copyRules: boolean;
  /** Only what no force may do is a conflict then, and what is there is not read: a role that may write need not be able to. */
  readonly force?: boolean;
  /** A notebook of ours that people changed since is a conflict too: where somebody can be asked. */
  readonly keepEdits?: boolean;
}

/** Why something should not be written unasked. */
export type Conflict =
  | {
      readonly kind: 'not ours' | 'edited' | 'rule files differ' | 'rule files would be shown';
      readonly paths: readonly string[];
    }
  | { readonly kind: 'other job'; readonly paths: readonly string[]; readonly source: string };

/** What to write at a place, in order, so that nothing stands beside data it was not made from. */
export interface OutputPlan {
  readonly rules: readonly OutputFile[];
  readonly others: readonly OutputFile[];
  /** What that would lose or spoil; the gravest first. */
  readonly conflicts: readonly Conflict[];
}

/** Plans what to write. What is not ours, and rule files of which these may be the only copy, are named as conflicts. */
export async function planOutput(
  place: Store,
  { source, rules, others }: Made,
  { ruleFolder, copyRules, force = false, keepEdits = false }: PlanOptions,
): Promise<OutputPlan> {
  const near = ruleFolder !== undefined && [place.location, `${place.location}/${RULE_FOLDER}`].includes(ruleFolder);
  const copies = copyRules && !near ? await changedRules(place, rules, force) : { rules: [], conflicts: [] };
  const checked = force ? [] : [...(await replaced(place, others, keepEdits)), ...(await otherJob(place, source, others))];
  return { rules: copies.rules, others, conflicts: [...checked, ...copies.conflicts] };
}

/** What the rules found in raw data, as it is written beside `profiler-reports/`. */
export function findingsFile(findings: Findings): OutputFile {
  const bytes = new TextEncoder().encode(`${JSON.stringify(findings, null, 1)}\n`);
  return { path: FINDINGS, bytes, contentType: 'application/json' };
}

async function replaced(place: Store, others: readonly OutputFile[], keepEdits: boolean): Promise<Conflict[]> {
  const read = await Promise.all(others.map(async ({ path }) => ({ path, bytes: await place.readIfPresent(path) })));
  const existing = read.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes, ours: isOurs(path, bytes) }] : []));
  return [
    ...conflict(
      'not ours',
      existing.filter(({ ours }) => !ours),
    ),
    ...conflict(
      'edited',
      existing.filter(
        ({ path, bytes, ours }) =>
          keepEdits && ours && path.endsWith('.ipynb') && isEdited(JSON.parse(new TextDecoder().decode(bytes))),
      ),
    ),
  ];
}

/** Beside findings that are written, a report of another job that stays would stand beside data that it was not made from. */
async function otherJob(place: Store, source: string, others: readonly OutputFile[]): Promise<Conflict[]> {
  const written = new Set(others.map(({ path }) => path));
  if (!written.has(FINDINGS) || written.has(REPORT)) return [];
  const report = await place.readIfPresent(REPORT);
  const made = report && sourceOfReport(report);
  return made === undefined || made === source ? [] : [{ kind: 'other job', paths: [REPORT], source: made }];
}

/**
 * Rule files that are not at the place yet, byte for byte. Ones that differ, of another job or edited, are conflicts unless `force`;
 * those that an earlier run made, as its findings tell, are replaced.
 */
async function changedRules(place: Store, rules: Made['rules'], force: boolean) {
  const earlier = force ? undefined : await place.readIfPresent(FINDINGS);
  const made = earlier ? digestsOf(earlier) : {};
  const there = await Promise.all(
    RULE_NAMES.map(async (rule) => {
      const path = `${RULE_FOLDER}/${rule}.json`;
      const bytes = rules.get(rule);
      // With `force` only what the copy lacks matters.
      const existing = force && bytes ? undefined : await place.readIfPresent(path);
      const replaceable = existing !== undefined && made[`${rule}.json`] === bytesToHex(sha256(existing));
      return { path, bytes, existing, replaceable };
    }),
  );
  const changed = there.filter(({ bytes, existing }) => bytes && !(existing && sameBytes(bytes, existing)));
  return {
    rules: changed.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes, contentType: 'application/json' }] : [])),
    conflicts: [
      ...conflict(
        'rule files would be shown',
        there.filter(({ bytes, existing }) => existing && !bytes),
      ),
      ...conflict(
        'rule files differ',
        changed.filter(({ existing, replaceable }) => existing && !replaceable),
      ),
    ],
  };
}

function conflict(kind: Exclude<Conflict['kind'], 'other job'>, files: readonly { readonly path: string }[]): Conflict[] {
  return files.length === 0 ? [] : [{ kind, paths: files.map(({ path }) => path) }];
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
