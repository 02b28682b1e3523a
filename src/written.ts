import type { Report } from './model/report.ts';
import type { OutputFile } from './model/store.ts';
import type { Usage } from './model/usage.ts';
import type { Format } from './writers/index.ts';

/** The written forms of a report. The writers hold templates and the page's script, more than all else: they are loaded where something is to be written. */
export async function written(report: Report, usage: Usage, formats: readonly Format[]): Promise<Required<OutputFile>[]> {
  if (formats.length === 0) return [];
  const { WRITERS } = await import('./writers/index.ts');
  const encoder = new TextEncoder();
  return formats.map((format) => {
    const { path, contentType, write } = WRITERS[format];
    return { path, contentType, bytes: encoder.encode(write(report, usage)) };
  });
}
