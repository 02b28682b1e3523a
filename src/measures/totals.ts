/** Sums by name, in the order in which the names first appeared. */
export class Totals {
  /** How many names there are. */
  count = 0;
  private readonly names: readonly string[];
  private readonly sums: Float64Array;
  /** 1 and more; 0 where the name did not appear yet. */
  private readonly rank: Uint32Array;
  private readonly place: Uint32Array;
  private places = 0;

  constructor(names: readonly string[]) {
    this.names = names;
    this.sums = new Float64Array(names.length);
    this.rank = new Uint32Array(names.length);
    this.place = new Uint32Array(names.length);
  }

  /** Adds to the name at an index; gives the place of that name. Names stand by their lowest `rank`, then as they appeared with it. */
  add(name: number, value: number, rank = 1): number {
    const known = this.rank[name] as number;
    if (known === 0 || rank < known) {
      if (known === 0) this.count++;
      this.rank[name] = rank;
      this.place[name] = ++this.places;
    }
    this.sums[name] = (this.sums[name] as number) + value;
    return this.place[name] as number;
  }

  /** Of all names. */
  get sum(): number {
    return this.sums.reduce((a, b) => a + b, 0);
  }

  /** Names with more than `least` percent of all, and their sums. */
  entries(least = Number.NEGATIVE_INFINITY): [string, number][] {
    const { sum } = this;
    const listed = [...this.sums.keys()].filter((name) => this.rank[name] !== 0 && share(this.sums[name] as number, sum) > least);
    listed.sort(
      (a, b) => (this.rank[a] as number) - (this.rank[b] as number) || (this.place[a] as number) - (this.place[b] as number),
    );
    return listed.map((name) => [this.names[name] as string, this.sums[name] as number]);
  }
}

/** Percent of their sum. */
export function shares(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  return new Map(entries.map(([name, value]) => [name, share(value, sum)]));
}

/** Percent; 0 of nothing. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
