import type { Report, RuleResult, Verdict, VerdictKey } from '../model/report.ts';
import { duration } from '../model/text.ts';

/** The order in which verdicts are told. */
export const VERDICT_KEYS: readonly VerdictKey[] = ['issue', 'ok', 'notJudged', 'error'];

const keys: Readonly<Record<Verdict, VerdictKey>> = { issue: 'issue', ok: 'ok', 'not judged': 'notJudged', error: 'error' };

const labels: Readonly<Record<VerdictKey, string>> = { issue: 'Issue', ok: 'Fine', notJudged: 'Not judged', error: 'Error' };

export function verdictKey(verdict: Verdict): VerdictKey {
  return keys[verdict];
}

/** `Issue`, `Fine`, `Not judged`, `Error`. */
export function verdictLabel(key: VerdictKey): string {
  return labels[key];
}

/** `3 issues`, `5 fine`, `1 not judged`, `0 errors`. */
export function verdictCount(key: VerdictKey, count: number): string {
  const plain = labels[key].toLowerCase();
  return `${count} ${(key === 'issue' || key === 'error') && count !== 1 ? `${plain}s` : plain}`;
}

/** What icon and badge of a verdict need. */
export function badge(key: VerdictKey): { readonly key: VerdictKey; readonly label: string } {
  return { key, label: labels[key] };
}

/** Whether the rule's file told anything: without it there are no counts, and parameters are only the defaults. */
export function wasRead({ triggered, violations, datapoints }: RuleResult): boolean {
  return triggered !== undefined || violations !== undefined || datapoints !== undefined;
}

/** Whether the parameters are those that the rule ran with, and not only its defaults. */
export function hasParameters(result: RuleResult): boolean {
  return wasRead(result) || result.resolutionSeconds !== undefined;
}

/** `1 min resolution`, beside a finding that rests on CloudWatch's values: what is shorter was not seen. */
export function resolutionText({ resolutionSeconds }: RuleResult): string | undefined {
  return resolutionSeconds === undefined ? undefined : `${duration(resolutionSeconds)} resolution`;
}

/** Whether tables have columns for the rules' own counts: those for endpoints count nothing. */
export function isCounted({ job, rules }: Pick<Report, 'job' | 'rules'>): boolean {
  return job.kind === undefined || rules.some(wasRead);
}
