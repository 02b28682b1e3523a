import type { Span } from '../model/issue.ts';
import { jensenShannonDistance } from './distance.ts';
import { areCompared, MAX_COMPARED } from './workloads.ts';

/** The utilization histogram of one GPU, whose counts grow. */
interface Growing {
  readonly node: string;
  readonly gpu: string;
  readonly counts: readonly number[];
}

export interface UnequalPair<G extends Growing> {
  readonly a: G;
  readonly b: G;
  /** Jensen-Shannon distance. */
  readonly distance: number;
  readonly spans: readonly Span[];
}

/** A histogram as it was when last looked at, and how far it has come since the first time: the sum of the distances. */
class Followed<G extends Growing> {
  readonly histogram: G;
  readonly pairs = new Map<Followed<G>, Pair<G>>();
  way = 0;
  #before: readonly number[];

  constructor(histogram: G) {
    this.histogram = histogram;
    this.#before = histogram.counts.slice();
  }

  move(): void {
    this.way += jensenShannonDistance(this.#before, this.histogram.counts);
    this.#before = this.histogram.counts.slice();
  }
}

interface Pair<G extends Growing> {
  readonly a: Followed<G>;
  readonly b: Followed<G>;
  /** When it was last reckoned, and the way of both up to then. */
  distance: number;
  way: number;
  readonly spans: Span[];
}

/** Beyond what rounding does to a distance. */
const SLACK = 1e-9;

/**
 * Compares growing histograms in pairs, again and again. The distance is a metric (Endres and Schindelin 2003): it changes by no more than
 * the way that both have come, so that only pairs near the threshold are reckoned anew.
 */
export class UnequalPairs<G extends Growing> {
  readonly #threshold: number;
  readonly #followed = new Map<G, Followed<G>>();
  /** In the order in which they were first unequal. */
  readonly #everUnequal = new Set<Pair<G>>();
  #pairs: readonly Pair<G>[] = [];

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** Compares the first MAX_COMPARED histograms, all of those of last time among them. Returns the number of unequal pairs. */
  look(histograms: readonly G[], span: Span): number {
    const compared = histograms.slice(0, MAX_COMPARED);
    for (const followed of this.#followed.values()) followed.move();
    if (compared.some((histogram) => !this.#followed.has(histogram))) this.#pairs = this.#pairsOf(compared);
    for (const pair of this.#pairs) this.#reckon(pair);
    const unequal = this.#pairs.filter(({ distance }) => distance > this.#threshold);
    const fresh = unequal.filter(({ spans }) => spans.length === 0);
    for (const pair of fresh.sort((x, y) => y.distance - x.distance)) this.#everUnequal.add(pair);
    for (const { spans } of unequal) spans.push(span);
    return unequal.length;
  }

  /** Those that were unequal last time. */
  last(): UnequalPair<G>[] {
    const pairs = new Set(this.#pairs);
    return [...this.#everUnequal]
      .filter((pair) => pairs.has(pair) && pair.distance > this.#threshold)
      .map(({ a: { histogram: a }, b: { histogram: b }, spans }) => {
        return { a, b, distance: jensenShannonDistance(a.counts, b.counts), spans };
      });
  }

  #reckon(pair: Pair<G>): void {
    const { a, b } = pair;
    const way = a.way + b.way;
    // Also where the distance is not known yet.
    if (Math.abs(pair.distance - this.#threshold) > way - pair.way + SLACK) return;
    pair.distance = jensenShannonDistance(a.histogram.counts, b.histogram.counts);
    pair.way = way;
  }

  #pairsOf(histograms: readonly G[]): Pair<G>[] {
    const all = histograms.map((histogram) => {
      const followed = this.#followed.get(histogram) ?? new Followed(histogram);
      this.#followed.set(histogram, followed);
      return followed;
    });
    return all.flatMap((a, i) =>
      all.slice(i + 1).flatMap((b) => {
        if (!areCompared(a.histogram, b.histogram)) return [];
        const pair = a.pairs.get(b) ?? { a, b, distance: Number.NaN, way: 0, spans: [] };
        a.pairs.set(b, pair);
        return pair;
      }),
    );
  }
}
