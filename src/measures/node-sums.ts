import { eachBatch, once, type Scanned, type ScannedSeries } from './scanned.ts';

/** Of one node, the sum over all rows of each moment of each scan, such as over its cores; moments in order of first appearance. */
export interface NodeSums extends ScannedSeries {
  /** Different names among the rows: cores. */
  readonly names: number;
}

export interface SumsByNode {
  /** In order of first appearance. */
  readonly nodes: ReadonlyMap<string, NodeSums>;
  /** By scan, the number of different names up to its end, over all nodes. */
  readonly namesSoFar: Uint32Array;
}

/** Sums of the rows of a dimension, only of those with a name where one is given. */
export const nodeSums: (scanned: Scanned, dimension: string, name?: string) => SumsByNode = once((scanned, dimension, name) => {
  const { metrics, scans, skipRepeats } = scanned;
  const onlyName = name === undefined ? undefined : metrics.names.indexOf(name);
  const growing = new Map<number, GrowingSums>();
  const namesSoFar = new Uint32Array(scans.length);
  const allNames = new Set<number>();
  eachBatch(
    scanned,
    dimension,
    (batch, firstRow, endRow) => {
      const node = metrics.node[batch] as number;
      const sums = growing.get(node) ?? new GrowingSums(node, scans.length);
      let [sum, rows] = [0, 0];
      for (let row = firstRow; row < endRow; row++) {
        const rowName = metrics.nameOf(row);
        if ((onlyName !== undefined && rowName !== onlyName) || (skipRepeats && metrics.isRepeat(row))) continue;
        sum += metrics.valueOf(row);
        rows++;
        if (sums.isNew(rowName)) allNames.add(rowName);
      }
      if (rows === 0) return;
      growing.set(node, sums);
      sums.add(metrics.seconds[batch] as number, sum);
    },
    (scan) => {
      namesSoFar[scan] = allNames.size;
      for (const sums of growing.values()) sums.endScan(scan);
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
  readonly #moments = new Map<number, number>();
  readonly #seen: boolean[] = [];
  #names = 0;

  constructor(node: number, scans: number) {
    this.node = node;
    this.counts = new Uint32Array(scans);
  }

  isNew(name: number): boolean {
    if (this.#seen[name]) return false;
    this.#seen[name] = true;
    this.#names++;
    return true;
  }

  add(seconds: number, sum: number): void {
    const at = this.#moments.get(seconds);
    if (at === undefined) {
      this.#moments.set(seconds, this.values.push(sum) - 1);
      this.seconds.push(seconds);
    } else this.values[at] = (this.values[at] as number) + sum;
  }

  endScan(scan: number): void {
    this.counts[scan] = this.seconds.length;
    this.#moments.clear();
  }

  whole(): NodeSums {
    return {
      seconds: new Float64Array(this.seconds),
      values: new Float64Array(this.values),
      counts: this.counts,
      names: this.#names,
    };
  }
}
