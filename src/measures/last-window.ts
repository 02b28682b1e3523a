import type { Span } from '../model/issue.ts';
import { quantileOfAny } from './quantile.ts';
import type { ScannedSeries } from './scanned.ts';

/** Quantiles of the last `window` of the first `count` values; asked again for the same count, they are known. */
export class LastWindow {
  readonly #values: Float64Array;
  readonly #window: number;
  #count = -1;
  #last: Float64Array = new Float64Array();

  constructor(values: Float64Array, window: number) {
    this.#values = values;
    this.#window = window;
  }

  quantile(count: number, p: number): number {
    if (count !== this.#count) {
      this.#count = count;
      this.#last = this.#values.slice(Math.max(0, count - this.#window), count);
    }
    return quantileOfAny(this.#last, p);
  }
}

/** The time of the last `window` of the first `count` samples. */
export function windowSpan({ seconds }: ScannedSeries, count: number, window: number): Span {
  return { startSeconds: seconds[Math.max(0, count - window)] as number, endSeconds: seconds[count - 1] as number };
}
