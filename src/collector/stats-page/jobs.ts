import type { Table } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import type { Stats } from '../stats.ts';

/** Jobs shown: the page stays light, and `usage` prints them all. */
const MOST_JOBS = 100;

/** The jobs whose reports were opened most, by name, with where they ran. */
export function jobsTable({ jobs, perJob }: Stats): Table {
  const shown = perJob.slice(0, MOST_JOBS);
  return {
    id: 'per-job-table',
    title: 'Processing jobs, most opened first',
    columns: [
      { label: 'Processing job', kind: 'text' },
      { label: 'Opens', kind: 'number' },
      { label: 'First day', kind: 'text' },
      { label: 'Last day', kind: 'text' },
      { label: 'Region', kind: 'text' },
      { label: 'Account', kind: 'text' },
    ],
    rows: shown.map(({ arn, opens, firstDay, lastDay }) => {
      const { name, region, account } = placeOf(arn);
      return [visibleName(name), opens, firstDay, lastDay, region, account];
    }),
    ...(jobs > shown.length ? { totalRows: jobs } : {}),
    searchable: false,
  };
}

/** `arn:aws:sagemaker:<region>:<account>:processing-job/<name>`; a hash tells neither region nor account. */
function placeOf(arn: string) {
  const [, region, account, name] = /^arn:[^:]*:sagemaker:([^:]*):(\d*):processing-job\/(.*)$/is.exec(arn) ?? [];
  return { name: name ?? arn, region: region ?? null, account: account ?? null };
}
