import * as styles from '../generated/styles.ts';
import { count, utc } from '../model/text.ts';
import { VERSION } from '../model/version.ts';
import { chartView } from '../writers/html/blocks.ts';
import { render } from '../writers/html/render.ts';
import { tableView } from '../writers/html/table.ts';
import type { Stats } from './stats.ts';
import { daysChart } from './stats-page/days.ts';
import { jobsTable } from './stats-page/jobs.ts';

/** What the page may do: use its own styles, and nothing else. It stands in the page; the server sends it as a header, too. */
export const STATS_POLICY = `default-src 'none'; style-src '${styles.hash}'; form-action 'none'; base-uri 'none'`;

/** Opens per day and per job as one html page, which runs no script and loads nothing. */
export function statsPage(stats: Stats): string {
  const { asOf, opens, jobs, perDay, note } = stats;
  const facts = [
    { label: 'Opens', value: count(opens) },
    { label: 'Processing jobs', value: count(jobs) },
    ...(perDay[0] ? [{ label: 'First day', value: perDay[0].day }] : []),
    { label: 'As of', value: utc(Date.parse(asOf) / 1000) },
  ];
  return render('stats', {
    policy: STATS_POLICY,
    css: styles.text,
    version: VERSION,
    facts,
    note,
    contents: [
      { id: 'days', title: 'Opens per day', badge: undefined },
      { id: 'jobs', title: 'Opens per job', badge: undefined },
      { id: 'counted', title: 'What is counted', badge: undefined },
    ],
    chart: opens > 0 && chartView(daysChart(stats)),
    table: opens > 0 && tableView(jobsTable(stats)),
  });
}
