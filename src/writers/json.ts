import type { Report } from '../model/report.ts';

/** The Report as JSON, indented; its schema is docs/report.schema.json. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
