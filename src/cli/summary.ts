import type { Findings } from '../model/findings.ts';
import type { Report, Verdict } from '../model/report.ts';
import type { Damage } from '../model/run.ts';
import { count, plural } from '../model/text.ts';
import { SILENT, type Usage } from '../model/usage.ts';
import { failureText } from '../writers/monitored.ts';
import { VERDICT_KEYS, verdictCount, verdictKey, verdictLabel } from '../writers/verdicts.ts';
import { columns, type painter, type Style } from './terminal.ts';

type Paint = ReturnType<typeof painter>;

/** What was tolerated while reading raw data or metrics, and the file that lists all of it. */
interface Tolerated {
  readonly damage: readonly Damage[];
  readonly listedIn: string;
}

const NOTHING: Tolerated = { damage: [], listedIn: 'the report' };

export function toleratedBy(findings: Findings | undefined): Tolerated {
  return findings ? { damage: findings.damage, listedIn: findings.damage.length > 0 ? 'findings.json' : 'the report' } : NOTHING;
}

/** Problems told in full; the report holds them all. */
const MOST_PROBLEMS = 5;

const STYLES: Readonly<Record<Verdict, Style>> = { issue: 'red', ok: 'green', 'not judged': 'yellow', error: 'red' };

/** The report on one screen: counts, a line per rule, what to do first, what was tolerated while reading. */
export function summary(report: Report, paint: Paint, tolerated: Tolerated = NOTHING): string[] {
  const { job, counts, actions } = report;
  const tally = VERDICT_KEYS.filter((key) => counts[key] > 0 || key === 'issue').map((key) => verdictCount(key, counts[key]));
  const failed = failureText(job);
  const first = actions.map(({ text }, i) => `  ${i + 1}. ${text}`);
  return [
    `${paint('bold', job.name ?? job.source)}: ${tally.join(', ')}`,
    ...(failed === undefined ? [] : [paint('red', failed)]),
    '',
    ...ruleLines(report, paint),
    ...(first.length > 0 ? ['', paint('bold', 'Do this first'), ...first] : []),
    ...problemLines(report, paint, tolerated),
  ];
}

/** Who may be told that the written report is opened, or why nobody; nothing where nobody asked for it. */
export function usageLines(usage: Usage, paint: Paint): string[] {
  if (usage === SILENT) return [];
  const text =
    usage.kind === 'silent'
      ? `off: ${usage.reason}`
      : `whoever opens the report is asked whether ${usage.endpoint} may be told${usage.hashed ? ', by a hash of the ARN' : ''}`;
  return ['', `${paint('bold', 'Usage statistics')}  ${text}`];
}

function ruleLines({ rules }: Report, paint: Paint): string[] {
  const judged = rules.filter(({ descriptive }) => !descriptive);
  const lines = columns(judged.map(({ verdict, title, reason }) => [verdictLabel(verdictKey(verdict)), title, reason]));
  return judged.map(({ verdict }, i) => {
    const label = verdictLabel(verdictKey(verdict));
    return `  ${paint(STYLES[verdict], label)}${lines[i]?.slice(label.length)}`;
  });
}

function problemLines({ problems, inputs }: Report, paint: Paint, { damage, listedIn }: Tolerated): string[] {
  const all = [
    ...problems.map(({ file, path, message }) => `  ${file}${path && ` at ${path}`}: ${message}`),
    ...damage.map(damageLine),
  ];
  const told = all.slice(0, MOST_PROBLEMS);
  const more = all.length - told.length;
  const ignored = inputs
    .filter(({ status }) => status === 'ignored')
    .map(({ file, detail }) => `  ${file}: ${detail ?? 'ignored'}`);
  const lines = [
    ...told,
    ...(more > 0 ? [`  and ${plural(more, 'more problem')}, listed in ${listedIn}`] : []),
    ...capped(ignored),
  ];
  return lines.length > 0 ? ['', paint('bold', 'Read with care'), ...lines] : [];
}

/** One thing tolerated in raw data, where it was. */
export function damageLine({ file, node, detail }: Damage): string {
  const where = file ?? node;
  return `  ${where === undefined ? '' : `${where}: `}${detail}`;
}

function capped(lines: readonly string[]): string[] {
  const more = lines.length - MOST_PROBLEMS;
  return more > 0 ? [...lines.slice(0, MOST_PROBLEMS), `  and ${count(more)} more files, left alone`] : [...lines];
}
