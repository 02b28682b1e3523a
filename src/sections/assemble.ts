import type { Issue } from '../model/issue.ts';
import { REPORT_FORMAT_VERSION, type Report, type RuleResult, type Section, type VerdictKey } from '../model/report.ts';
import { withIssues } from './issues.ts';

/** Most actions shown at the top. */
const MAX_ACTIONS = 3;

interface Parts extends Pick<Report, 'job' | 'rules' | 'sections' | 'inputs' | 'problems'> {
  /** Of the tool. */
  readonly version: string;
}

/** The report around its sections: counts, and what to do first. */
export function assemble({ version, job, rules, ...parts }: Parts): Report {
  const issues = rules.filter(({ verdict }) => verdict === 'issue');
  return {
    format: 'profiler-report',
    formatVersion: REPORT_FORMAT_VERSION,
    tool: { name: 'profiler-report', version },
    job,
    counts: counts(rules),
    actions: issues.flatMap(({ rule, action }) => (action === undefined ? [] : [{ rule, text: action }])).slice(0, MAX_ACTIONS),
    rules,
    ...parts,
  };
}

/** The sections with the issues of their rules; rules without a section of their own get one that tells what they found, and no more. */
export function withRuleSections(
  made: readonly Section[],
  results: readonly RuleResult[],
  issues?: ReadonlyMap<string, readonly Issue[]>,
): Section[] {
  const missing = results.filter(({ sectionId }) => made.every(({ id }) => id !== sectionId));
  const added = missing.map(({ rule, title, sectionId }): Section => ({ id: sectionId, title, rule, blocks: [] }));
  return [...made, ...added].map((section) => withIssues(section, issues));
}

function counts(results: readonly RuleResult[]): Record<VerdictKey, number> {
  const counted = results.filter(({ descriptive }) => !descriptive);
  const of = (wanted: RuleResult['verdict']) => counted.filter(({ verdict }) => verdict === wanted).length;
  return { issue: of('issue'), ok: of('ok'), notJudged: of('not judged'), error: of('error') };
}
