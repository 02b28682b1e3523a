import type { Report } from '../model/report.ts';

/** JSON breaks no line within a text, so that this finds nothing but lists. */
const NUMBERS = /\[\n\s+(?:(?:-?\d[\d.e+-]*|null),?\s+)+\]/g;

/** The Report as JSON, indented, each list of numbers on one line; its schema is docs/report.schema.json. */
export function json(report: Report): string {
  const onOneLine = (list: string) => list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']');
  return `${JSON.stringify(report, null, 2).replace(NUMBERS, onOneLine)}\n`;
}
