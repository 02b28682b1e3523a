import type { Span } from '../../model/issue.ts';
import type { Damage } from '../../model/run.ts';
import { duration, plural, utc } from '../../model/text.ts';
import { isOutside } from './misplaced.ts';
import type { Columns } from './repeats.ts';

/** Rows of one moment arrive up to 43 ms out of order; a clock that was set back shows by more. */
const BACK_SECONDS = 1;
/** A longer silence than so many intervals is a gap; with fewer intervals than LEAST nobody knows what is usual. */
const GAP_INTERVALS = 3;
const LEAST = 10;
/** Of a node, the longest gaps and jumps that are told one by one; the others are summed up. */
const TOLD = 20;

/** When a node was sampled, in order of arrival. */
interface Ticks {
  /** Its first metric alone: the distances are the sampling interval. */
  readonly metric: number;
  readonly own: number[];
  readonly all: number[];
}

/** Silences between the samples of a node, and samples that go back in time. Misplaced rows are told elsewhere. */
export function clockDamage(metrics: Columns): Damage[] {
  return [...ticksByNode(metrics)].flatMap(([node, ticks]) => {
    const usual = interval(ticks.own);
    const { gaps, jumps } = compare(ticks.all, usual * GAP_INTERVALS);
    const name = metrics.nodes[node] ?? '';
    return [
      ...tell('gap', name, gaps, (span) => `no sample for ${length(span)} from ${utc(span.startSeconds)}`),
      ...tell('clock jump', name, jumps, (span) => `the clock went back by ${length(span)} at ${utc(span.endSeconds)}`),
    ];
  });
}

function ticksByNode({ files, nodes, seconds, node, metric }: Columns): Map<number, Ticks> {
  const ticks = new Map<number, Ticks>();
  const seen = new Set<string>();
  for (const file of files) {
    // A minute that is there twice is told as repeated rows, not as a clock that went back.
    const minute = `${file.node} ${file.minuteSeconds}`;
    if (seen.has(minute)) continue;
    seen.add(minute);
    for (let batch = file.firstBatch; batch < file.endBatch; batch++) {
      const at = seconds[batch] as number;
      if (isOutside(file, at)) continue;
      const id = node[batch] as number;
      const known = ticks.get(id);
      if (known) {
        known.all.push(at);
        if (metric[batch] === known.metric) known.own.push(at);
      } else if (nodes[id] !== undefined) {
        ticks.set(id, { metric: metric[batch] as number, own: [at], all: [at] });
      }
    }
  }
  return ticks;
}

/** Median distance; NaN where there are too few. */
function interval(ticks: readonly number[]): number {
  const distances = Float64Array.from(ticks.slice(1), (at, i) => at - (ticks[i] as number)).sort();
  return distances.length < LEAST ? Number.NaN : (distances[distances.length >> 1] as number);
}

function compare(ticks: readonly number[], silence: number): { gaps: Span[]; jumps: Span[] } {
  const [gaps, jumps]: [Span[], Span[]] = [[], []];
  let latest = ticks[0] ?? 0;
  for (const at of ticks) {
    if (at - latest > silence) gaps.push({ startSeconds: latest, endSeconds: at });
    if (latest - at > BACK_SECONDS) jumps.push({ startSeconds: at, endSeconds: latest });
    if (at > latest || latest - at > BACK_SECONDS) latest = at;
  }
  return { gaps, jumps };
}

function tell(kind: Damage['kind'], node: string, spans: readonly Span[], say: (span: Span) => string): Damage[] {
  const longest = new Set(spans.toSorted((a, b) => seconds(b) - seconds(a)).slice(0, TOLD));
  const told: Damage[] = spans.flatMap((span) => {
    return longest.has(span) ? [{ kind, node, count: 1, detail: `On ${node} ${say(span)}.`, span }] : [];
  });
  const others = spans.length - told.length;
  if (others > 0) told.push({ kind, node, count: others, detail: `On ${node} ${plural(others, 'shorter one')}.` });
  return told;
}

const seconds = ({ startSeconds, endSeconds }: Span) => endSeconds - startSeconds;
const length = (span: Span) => duration(seconds(span));
