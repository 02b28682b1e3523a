/** Values over time, by bin; `null` where there were none. */
export interface Binned {
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Gathers values by bin. */
export class Means {
  protected readonly sum: Float64Array;
  protected readonly count: Uint32Array;

  constructor(bins: number) {
    this.sum = new Float64Array(bins);
    this.count = new Uint32Array(bins);
  }

  add(bin: number, value: number): void {
    this.sum[bin] = (this.sum[bin] as number) + value;
    this.count[bin] = (this.count[bin] as number) + 1;
  }

  /** Mean of each bin, rounded to a multiple of `unit`. */
  means(unit: number): (number | null)[] {
    return this.each((bin) => (this.sum[bin] as number) / (this.count[bin] as number), unit);
  }

  /** Mean of all values; 0 without any. */
  overall(): number {
    const n = this.count.reduce((a, b) => a + b, 0);
    return n === 0 ? 0 : this.sum.reduce((a, b) => a + b, 0) / n;
  }

  protected each(valueAt: (bin: number) => number, unit: number): (number | null)[] {
    return Array.from(this.count, (n, bin) => (n === 0 ? null : rounded(valueAt(bin), unit)));
  }
}

/** The same with the lowest and highest value of each bin: no peak is lost. */
export class Spreads extends Means {
  private readonly low: Float64Array;
  private readonly high: Float64Array;

  constructor(bins: number) {
    super(bins);
    this.low = new Float64Array(bins).fill(Infinity);
    this.high = new Float64Array(bins).fill(-Infinity);
  }

  override add(bin: number, value: number): void {
    super.add(bin, value);
    if (value < (this.low[bin] as number)) this.low[bin] = value;
    if (value > (this.high[bin] as number)) this.high[bin] = value;
  }

  spreads(unit: number): Binned {
    return {
      mean: this.means(unit),
      low: this.each((bin) => this.low[bin] as number, unit),
      high: this.each((bin) => this.high[bin] as number, unit),
    };
  }
}

/** To a multiple of `unit`, 0.1 for example, without the digits that a product would leave behind. */
function rounded(value: number, unit: number): number {
  return unit < 1 ? Math.round(value / unit) / Math.round(1 / unit) : Math.round(value / unit) * unit;
}
