/** Mean and standard deviation of values that come one by one (Welford's way: no loss of digits). */
export class Running {
  count = 0;
  /** NaN of no values. */
  mean = Number.NaN;
  private squares = 0;

  add(value: number): void {
    this.count++;
    if (this.count === 1) this.mean = value;
    const off = value - this.mean;
    this.mean += off / this.count;
    this.squares += off * (value - this.mean);
  }

  /** Of the population: divided by the number of values. */
  get deviation(): number {
    return Math.sqrt(this.squares / this.count);
  }
}
