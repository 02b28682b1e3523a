import type { RuleResult, Verdict, VerdictKey } from '../model/report.ts';

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
