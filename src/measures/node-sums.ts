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
      const sums = growing.get(node) ?? new GrowingSums(node, scans.length, metrics.names.length);
      const { isKnown } = sums;
      let [sum, rows] = [0, 0];
      for (let row = firstRow; row < endRow; row++) {
        const rowName = metrics.nameOf(row);
        if ((onlyName !== undefined && rowName !== onlyName) || (skipRepeats && metrics.isRepeat(row))) continue;
        sum += metrics.valueOf(row);
        rows++;
        if (isKnown[rowName] === 1) continue;
        isKnown[rowName] = 1;
        sums.names++;
        allNames.add(rowName);
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
  readonly counts: Uint32Array;
  /** By name, 1 where it has come. */
  readonly isKnown: Uint8Array;
  names = 0;
  readonly #seconds: number[] = [];
  readonly #values: number[] = [];
  #firstOfScan = 0;
  /** Where the moments of this scan stand; made when one comes that is not later than all before it. */
  #moments: Map<number, number> | undefined;
  #latest = -Infinity;

  constructor(node: number, scans: number, names: number) {
    this.node = node;
    this.counts = new Uint32Array(scans);
    this.isKnown = new Uint8Array(names);
  }

  add(seconds: number, sum: number): void {
    const isLatest = seconds > this.#latest;
    const at = isLatest ? undefined : this.#find(seconds);
    if (isLatest) this.#latest = seconds;
    if (at === undefined) {
      this.#moments?.set(seconds, this.#values.length);
      this.#seconds.push(seconds);
      this.#values.push(sum);
    } else this.#values[at] = (this.#values[at] as number) + sum;
  }

  #find(seconds: number): number | undefined {
    this.#moments ??= new Map(this.#seconds.slice(this.#firstOfScan).map((at, i) => [at, this.#firstOfScan + i]));
    return this.#moments.get(seconds);
  }

  endScan(scan: number): void {
    this.counts[scan] = this.#firstOfScan = this.#values.length;
    this.#moments = undefined;
    this.#latest = -Infinity;
  }

  whole(): NodeSums {
    return {
      seconds: new Float64Array(this.#seconds),
      values: new Float64Array(this.#values),
      counts: this.counts,
      names: this.names,
    };
  }
}
