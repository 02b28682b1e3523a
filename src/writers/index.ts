import type { Report } from '../model/report.ts';
import type { Usage } from '../model/usage.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { notebook } from './notebook.ts';

export type Format = 'html' | 'notebook' | 'json' | 'markdown';

interface Writer {
  /** File name of the written report. */
  readonly path: string;
  readonly contentType: string;
  readonly write: (report: Report, usage: Usage) => string;
}

/** Every form a report can be written in. */
export const WRITERS: Readonly<Record<Format, Writer>> = {
  html: { path: 'profiler-report.html', contentType: 'text/html; charset=utf-8', write: html },
  notebook: { path: 'profiler-report.ipynb', contentType: 'application/x-ipynb+json', write: notebook },
  json: { path: 'profiler-report.json', contentType: 'application/json', write: json },
  markdown: { path: 'profiler-report.md', contentType: 'text/markdown; charset=utf-8', write: markdown },
};
