import { isObject } from '../../../src/formats/tolerant.ts';
import { REPORT_FORMAT_VERSION, type Verdict, type VerdictKey } from '../../../src/model/report.ts';
import { visibleName, visibleText } from '../../../src/model/text.ts';
import { VERDICT_KEYS, verdictKey } from '../../../src/writers/verdicts.ts';

/** What the panel shows of a report. All of it is text of whoever made the file. */
export interface ReportView {
  readonly job?: string;
  readonly counts: Readonly<Record<VerdictKey, number>>;
  /** Without those that only describe the job; errors first, then issues, the gravest first, as the report has them. */
  readonly rules: readonly RuleView[];
  /** Made by a newer version of this project, which may say more. */
  readonly isNewer: boolean;
}

export interface RuleView {
  readonly verdict: VerdictKey;
  readonly title: string;
  readonly reason: string;
  readonly sectionId: string;
}

const MOST_RULES = 200;

/** Reads a Report as JSON, tolerant of parts it lacks. Throws where it is none. */
export function reportView(value: unknown): ReportView {
  if (!isObject(value) || value.format !== 'profiler-report' || !Array.isArray(value.rules)) throw new Error('is no report');
  const rules = value.rules.slice(0, MOST_RULES).flatMap((rule) => (isObject(rule) ? ruleView(rule) : []));
  const counts = Object.fromEntries(VERDICT_KEYS.map((key) => [key, rules.filter(({ verdict }) => verdict === key).length]));
  const job = isObject(value.job) && typeof value.job.name === 'string' ? visibleName(value.job.name) : '';
  return {
    ...(job ? { job } : {}),
    counts: counts as ReportView['counts'],
    rules,
    isNewer: typeof value.formatVersion === 'number' && value.formatVersion > REPORT_FORMAT_VERSION,
  };
}

function ruleView({ verdict, title, rule, reason, sectionId, descriptive }: Readonly<Record<string, unknown>>): RuleView[] {
  // A verdict of a newer version is none that could be shown as one of ours.
  const key = VERDICT_KEYS.find((one) => one === verdictKey(verdict as Verdict));
  if (descriptive === true || key === undefined) return [];
  return [{ verdict: key, title: text(title ?? rule), reason: text(reason), sectionId: String(sectionId ?? '') }];
}

function text(value: unknown): string {
  return visibleText(String(value ?? '').slice(0, 300));
}

const OPEN = '<script type="application/json" id="profiler-report">';

/** The Report that stands in an html of ours; undefined in any other. */
export function embeddedReport(html: string): unknown {
  const start = html.indexOf(OPEN);
  const end = html.indexOf('</script>', start);
  return start < 0 || end < 0 ? undefined : parsed(html.slice(start + OPEN.length, end));
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('is no JSON');
  }
}
