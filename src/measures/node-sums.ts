import { eachRow, once, type Scanned, type ScannedSeries } from './scanned.ts';

/** Of one node, the sum over all rows of each moment, such as over its cores; moments in order of first appearance. */
export interface NodeSums extends ScannedSeries {
  /** Different names among the rows: cores. */
  readonly names: number;
  /** Sums that rows of a later scan were added to, with what they were before, in the order in which it happened. */
  readonly revisions: readonly { readonly scan: number; readonly at: number; readonly before: number }[];
}

export interface SumsByNode {
  /** In order of first appearance. */
  readonly nodes: ReadonlyMap<string, NodeSums>;
  /** By scan, the number of different names up to its end, over all nodes. */
  readonly namesSoFar: Uint32Array;
}

/** Sums of the rows of a dimension, only of those with a name where one is given. */
export const nodeSums: (scanned: Scanned, dimension: string, name?: string) => SumsByNode = once((scanned, dimension, name) => {
  const { metrics, scans } = scanned;
  const onlyName = name === undefined ? undefined : metrics.names.indexOf(name);
  const growing = new Map<number, GrowingSums>();
  const namesSoFar = new Uint32Array(scans.length);
  const allNames = new Set<number>();
  let [scan, current]: [number, GrowingSums | undefined] = [0, undefined];
  eachRow(
    scanned,
    dimension,
    (row, batch) => {
      const rowName = metrics.nameOf(row);
      if (onlyName !== undefined && rowName !== onlyName) return;
      const node = metrics.node[batch] as number;
      if (current?.node !== node) {
        current = growing.get(node) ?? new GrowingSums(node, scans.length, metrics.names.length);
        growing.set(node, current);
      }
      if (current.add(scan, metrics.seconds[batch] as number, metrics.valueOf(row), rowName)) allNames.add(rowName);
    },
    (ended) => {
      namesSoFar[ended] = allNames.size;
      for (const sums of growing.values()) sums.counts[ended] = sums.seconds.length;
      scan = ended + 1;
    },
  );
  const nodes = [...growing.values()].map((sums) => [metrics.nodes[sums.node] as string, sums.whole()] as const);
  return { nodes: new Map(nodes), namesSoFar };
});

class GrowingSums {
  readonly node: number;
  readonly seconds: number[] = [];
  readonly values: number[] = [];
  readonly counts: Uint32Array;
  readonly #revisions: NodeSums['revisions'][number][] = [];
  readonly #moments = new Map<number, number>();
  readonly #seen: Uint8Array;
  #names = 0;
  #at = -1;
  #scan = 0;

  constructor(node: number, scans: number, names: number) {
    this.node = node;
    this.counts = new Uint32Array(scans);
    this.#seen = new Uint8Array(names);
  }

  /** True where the name is new to the node. */
  add(scan: number, seconds: number, value: number, name: number): boolean {
    if (this.seconds[this.#at] !== seconds || this.#scan !== scan) this.#moveTo(scan, seconds);
    this.values[this.#at] = (this.values[this.#at] as number) + value;
    if (this.#seen[name]) return false;
    this.#seen[name] = 1;
    this.#names++;
    return true;
  }

  #moveTo(scan: number, seconds: number): void {
    this.#scan = scan;
    const known = this.#moments.get(seconds);
    this.#at = known ?? this.values.push(0) - 1;
    if (known === undefined) {
      this.#moments.set(seconds, this.#at);
      this.seconds.push(seconds);
    }
    if (scan > 0 && this.#at < (this.counts[scan - 1] as number)) {
      this.#revisions.push({ scan, at: this.#at, before: this.values[this.#at] as number });
    }
  }

  whole(): NodeSums {
    return {
      seconds: Float64Array.from(this.seconds),
      values: Float64Array.from(this.values),
      counts: this.counts,
      names: this.#names,
      revisions: this.#revisions,
    };
  }
}

/** The sums as they were at the end of a scan, all or the last of them. */
export function sumsAt({ values, counts, revisions }: NodeSums, scan: number, last = Infinity): Float64Array {
  const count = counts[scan] as number;
  const from = Math.max(0, count - last);
  const sums = values.slice(from, count);
  for (const { scan: revised, at, before } of revisions.toReversed()) {
    if (revised > scan && at >= from && at < count) sums[at - from] = before;
  }
  return sums;
}
