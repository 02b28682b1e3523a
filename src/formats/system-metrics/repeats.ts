import type { Damage } from '../../model/run.ts';
import type { SystemMetrics } from '../../model/system-metrics.ts';
import { plural } from '../../model/text.ts';

/** All but the repeats, which are found last. */
export type Columns = Omit<SystemMetrics, 'isRepeat' | 'hasRepeats'>;

/** Finds rows whose node, metric, name, time and value came before. */
export function findRepeats(metrics: Columns): Pick<SystemMetrics, 'isRepeat' | 'hasRepeats'> & { damage: Damage[] } {
  const { nodes, node, firstRow } = metrics;
  let bits: Uint8Array | undefined;
  const byNode = new Map<number, number>();
  for (const batches of suspects(metrics)) {
    const seen = new Set<string>();
    for (const batch of batches) {
      for (let row = firstRow[batch] as number; row < (firstRow[batch + 1] as number); row++) {
        const key = `${metrics.nameOf(row)} ${metrics.valueOf(row)}`;
        if (seen.has(key)) {
          bits ??= new Uint8Array((firstRow[metrics.batchCount] as number) / 8 + 1);
          bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
          byNode.set(node[batch] as number, (byNode.get(node[batch] as number) ?? 0) + 1);
        }
        seen.add(key);
      }
    }
  }
  const damage = [...byNode].map(([id, count]): Damage => {
    const detail = `${plural(count, 'row')} came before with the same metric, name, time and value; counted once.`;
    return { kind: 'repeated rows', node: nodes[id] ?? '', count, detail };
  });
  const isRepeat = (row: number) => bits !== undefined && ((bits[row >>> 3] as number) & (1 << (row & 7))) !== 0;
  return { isRepeat, hasRepeats: bits !== undefined, damage };
}

/**
 * Batches that may hold repeats, those of one node, metric and moment together. Moments of a metric rise in a sound file: only batches that
 * do not rise, those that they may repeat, and those with a name twice are looked at closely.
 */
function suspects({ batchCount, seconds, node, metric, metrics, firstRow, names, nameOf }: Columns): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  const key = (batch: number) => `${node[batch]} ${metric[batch]} ${seconds[batch]}`;
  const latest = new Map<number, number>();
  const nameSeenIn = new Int32Array(names.length).fill(-1);
  for (let batch = 0; batch < batchCount; batch++) {
    const series = (node[batch] as number) * metrics.length + (metric[batch] as number);
    const at = seconds[batch] as number;
    let suspect = at <= (latest.get(series) ?? Number.NEGATIVE_INFINITY);
    if (!suspect) latest.set(series, at);
    const end = firstRow[batch + 1] as number;
    for (let row = firstRow[batch] as number; row < end; row++) {
      const name = nameOf(row);
      suspect ||= nameSeenIn[name] === batch;
      nameSeenIn[name] = batch;
    }
    if (suspect) groups.set(key(batch), []);
  }
  if (groups.size > 0) for (let batch = 0; batch < batchCount; batch++) groups.get(key(batch))?.push(batch);
  return groups.values();
}
