import { byNumber } from '../model/text.ts';
import { byNodeAndMetric, samplesOf } from './batches.ts';
import type { DataTable, TableInput } from './table.ts';
import { text, whole } from './table.ts';

/**
 * How many samples of each core and GPU, and of all of a node together (no name), lie above the bands' highest limit, between limits (both
 * count) and below the lowest: B10 of the originals.
 */
export function devicesTable({ run: { metrics }, window, bands }: TableInput): DataTable {
  const limits = bands.toReversed();
  const bandOf = (value: number) => {
    const found = limits.findIndex((limit, i) => (i === 0 ? value > limit : value >= limit));
    return found === -1 ? limits.length : found;
  };
  return {
    name: 'devices',
    columns: [
      ...[text('type'), text('dimension'), text('nodeID'), text('name')],
      ...limits.map((limit, i) => whole(i === 0 ? `over_${limit}` : `${limit}_to_${limits[i - 1]}`)),
      whole(`under_${limits.at(-1)}`),
    ],
    *rows() {
      for (const { node, type, dimension, batches } of byNodeAndMetric(metrics, window)) {
        if (type !== 'cpu' && type !== 'gpu') continue;
        const counts = new Map<number, number[]>();
        for (const { name, value } of samplesOf(metrics, batches)) {
          const of = counts.get(name) ?? new Array<number>(limits.length + 1).fill(0);
          counts.set(name, of);
          of[bandOf(value)] = (of[bandOf(value)] as number) + 1;
        }
        const named = [...counts].map(([name, of]) => ({ name: metrics.names[name] as string, of }));
        const all = named.reduce(
          (sum, { of }) => sum.map((total, i) => total + (of[i] as number)),
          limits.concat(0).map(() => 0),
        );
        yield [type, dimension, node, null, ...all];
        for (const { name, of } of named.sort((a, b) => byNumber(a.name, b.name))) yield [type, dimension, node, name, ...of];
      }
    },
  };
}
