import { isOwnReport } from '../formats/own-report.ts';
import { MARKDOWN_MARKER } from '../writers/markdown.ts';

const HTML_MARKER = '<meta name="generator" content="profiler-report';

/** The marker stands in the head; a report's data may hold anything. */
const HEAD_BYTES = 4096;

/** True for a report that this tool wrote, whichever its version: it may be overwritten. */
export function isOurs(path: string, bytes: Uint8Array): boolean {
  const head = () => new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  if (path.endsWith('.html')) return head().includes(HTML_MARKER);
  if (path.endsWith('.md')) return head().includes(MARKDOWN_MARKER);
  return isOwnReport(bytes);
}
