import type { Scanned } from '../measures/scanned.ts';
import { mergedSpans } from '../measures/spans.ts';
import type { Issue, Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';
import type { RunContext } from './rule.ts';

/** The samples of a run as measures take them: each row counts once in `fixed` mode. */
export function scannedRows({ metrics }: TrainingRun, { scans, mode }: Pick<RunContext, 'scans' | 'mode'>): Scanned {
  return { metrics, scans, skipRepeats: mode === 'fixed' && metrics.hasRepeats };
}

/**
 * Details by node and device, in the order of first writing. What goes into the file is reckoned only once, for the last hit: values are
 * given as functions.
 */
export class NodeDetails {
  readonly #details = new Map<string, number | Map<string, () => unknown>>();

  set(node: string, key: string, value: () => unknown): void {
    const known = this.#details.get(node);
    const ofNode = known instanceof Map ? known : new Map<string, () => unknown>();
    this.#details.set(node, ofNode.set(key, value));
  }

  /** `last_timestamp`, microseconds since the epoch: it stands where it was written first, among the nodes. */
  hitAt(startMicros: number): void {
    this.#details.set('last_timestamp', startMicros);
  }

  whole(): Record<string, unknown> {
    const values = [...this.#details].map(([key, value]) => [
      key,
      typeof value === 'number' ? value : new Map([...value].map(([device, make]) => [device, make()])),
    ]);
    return Object.fromEntries(values);
  }
}

/** An issue has at most so many spans: beyond, the nearest become one. */
const MOST_SPANS = 200;

/** The issue with its spans in order and merged; those up to `apart` seconds from each other are one. */
export function issueOver(issue: Omit<Issue, 'spans'>, spans: readonly Span[], apart = 0): Issue {
  return { ...issue, spans: mergedSpans(spans, { startSeconds: -Infinity, endSeconds: Infinity }, apart, MOST_SPANS) };
}
