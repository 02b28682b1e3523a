import { MARKDOWN_MARKER } from '../writers/markdown.ts';

const HTML_MARKER = '<meta name="generator" content="profiler-report';

/** The marker stands in the head; a report's data may hold anything. */
const HEAD_BYTES = 4096;

/** True for a report that this tool wrote, whichever its version: it may be overwritten. */
export function isOurs(path: string, bytes: Uint8Array): boolean {
  const head = () => new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  if (path.endsWith('.html')) return head().includes(HTML_MARKER);
  if (path.endsWith('.md')) return head().includes(MARKDOWN_MARKER);
  const value = parsed(bytes);
  if (path.endsWith('.ipynb')) return isRecord(value) && isRecord(value.metadata) && isRecord(value.metadata.profiler_report);
  return isRecord(value) && value.format === 'profiler-report';
}

/** Where the rule files of a report (as JSON) were read from; undefined where it does not tell. */
export function sourceOf(bytes: Uint8Array): string | undefined {
  const value = parsed(bytes);
  if (!isRecord(value) || value.format !== 'profiler-report' || !isRecord(value.job)) return undefined;
  return typeof value.job.source === 'string' ? value.job.source : undefined;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
