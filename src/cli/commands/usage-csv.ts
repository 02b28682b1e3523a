import type { Stats } from '../../collector/stats.ts';

/**
 * Days and jobs in one table, told apart by the first column, as RFC 4180 has it. A spreadsheet takes no cell for a formula: each
 * begins with a letter or a digit, since nothing but ARNs and hashes is counted.
 */
export function usageCsv({ perDay, perJob }: Stats): string {
  const rows = [
    ['by', 'name', 'opens', 'first_day', 'last_day'],
    ...perDay.map(({ day, opens }) => ['day', day, opens, day, day]),
    ...perJob.map(({ arn, opens, firstDay, lastDay }) => ['job', arn, opens, firstDay, lastDay]),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
