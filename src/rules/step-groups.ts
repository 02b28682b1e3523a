import { histogram } from '../measures/histogram.ts';
import { quantile, sorted, twoDecimals } from '../measures/quantile.ts';
import { Running } from '../measures/running.ts';
import { FEW_STEPS, modeOf } from '../measures/steps.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Issue } from '../model/issue.ts';
import { count, duration, list, number, plural } from '../model/text.ts';
import { issueOver } from './raw.ts';
import type { StepTimes } from './step-verdict.ts';

/** Outliers told one by one. */
const MOST_TOLD = 5;

/** Steps by worker and phase, in the order in which they appeared. */
export class StepGroups {
  readonly #events: FrameworkEvents;
  readonly #deviations: number;
  readonly #byWorker = new Map<number, Map<number, StepGroup>>();

  /** Steps longer than the mean and so many standard deviations are outliers. */
  constructor(events: FrameworkEvents, deviations: number) {
    this.#events = events;
    this.#deviations = deviations;
  }

  add(event: number): void {
    const [worker, phase] = [this.#events.worker[event] as number, this.#events.phase[event] as number];
    const byPhase = this.#byWorker.get(worker) ?? new Map<number, StepGroup>();
    const group = byPhase.get(phase) ?? new StepGroup(this.#events, event, this.#deviations);
    group.add(event);
    this.#byWorker.set(worker, byPhase.set(phase, group));
  }

  /** Those with enough steps to look at: worker by worker. */
  judged(): StepGroup[] {
    return [...this.#byWorker.values()].flatMap((byPhase) => [...byPhase.values()].filter(({ count }) => count > FEW_STEPS));
  }
}

/** The steps of one worker and phase so far, as StepOutlier looks at them. */
export class StepGroup {
  readonly worker: string;
  readonly phase: string;
  readonly #events: FrameworkEvents;
  readonly #deviations: number;
  readonly #steps: number[] = [];
  readonly #seconds: number[] = [];
  readonly #running = new Running();
  #sorted: Float64Array | undefined;

  /** `deviations` above the mean from which on a step is an outlier; `first` is any step of the worker and phase. */
  constructor(events: FrameworkEvents, first: number, deviations: number) {
    this.#events = events;
    this.#deviations = deviations;
    this.worker = events.workers[events.worker[first] as number] as string;
    this.phase = events.phases[events.phase[first] as number] as string;
  }

  add(event: number): void {
    const seconds = (this.#events.durationMicros[event] as number) / 1e6;
    this.#steps.push(event);
    this.#seconds.push(seconds);
    this.#running.add(seconds);
    this.#sorted = undefined;
  }

  get #ordered(): Float64Array {
    this.#sorted ??= sorted(this.#seconds);
    return this.#sorted;
  }

  get count(): number {
    return this.#steps.length;
  }

  /** Seconds; longer steps are outliers. */
  get #limit(): number {
    return this.#running.mean + this.#deviations * this.#running.deviation;
  }

  countOutliers(): number {
    const limit = this.#limit;
    let outliers = 0;
    const all = this.#seconds;
    for (let i = 0; i < all.length; i++) if ((all[i] as number) > limit) outliers++;
    return outliers;
  }

  /** Events of the outliers, in order of arrival. */
  outliers(): number[] {
    const limit = this.#limit;
    return this.#steps.filter((_, i) => (this.#seconds[i] as number) > limit);
  }

  times(): StepTimes & { readonly median: number } {
    const label = `${this.worker} (${modeOf(this.phase)})`;
    return {
      label,
      outliers: this.countOutliers(),
      steps: this.count,
      max: quantile(this.#ordered, 1),
      median: quantile(this.#ordered, 0.5),
      mean: this.#running.mean,
    };
  }

  /** Its entry in the rule's file. */
  entry(): Record<string, unknown> {
    const limit = this.#limit;
    const ordered = this.#ordered;
    const outliers = this.outliers();
    const { counts, edges } = histogram(this.#seconds.filter((seconds) => seconds < limit));
    return {
      step_stats: {
        mean: this.#running.mean,
        max: quantile(ordered, 1),
        p99: quantile(ordered, 0.99),
        p95: quantile(ordered, 0.95),
        p50: quantile(ordered, 0.5),
        min: quantile(ordered, 0),
      },
      number_of_outliers: outliers.length,
      phase: this.phase,
      stddev: twoDecimals(this.#running.deviation),
      probs: counts,
      binedges: edges,
      step_numbers: outliers.map((event) => this.#numberOf(event)),
    };
  }

  /** Its outliers, each a span. */
  issue(): Issue {
    const { steps, median } = this.times();
    const seconds = (event: number) => (this.#events.durationMicros[event] as number) / 1e6;
    const slow = this.outliers();
    const told = slow
      .toSorted((a, b) => seconds(b) - seconds(a))
      .map((event) => {
        const times = median > 0 ? ` (${number(seconds(event) / median, 1)} times the median)` : '';
        return `step ${this.#numberOf(event)} ${duration(seconds(event))}${times}`;
      });
    const limit = `${duration(this.#limit)}, the mean and ${plural(this.#deviations, 'standard deviation')}`;
    const mode = modeOf(this.phase);
    const evidence = `${count(slow.length)} of ${plural(steps, `${mode} step`)} took longer than ${limit}: ${list(told, MOST_TOLD)}.`;
    const spans = slow.map((event) => {
      const startSeconds = (this.#events.startMicros[event] as number) / 1e6;
      return { startSeconds, endSeconds: startSeconds + seconds(event) };
    });
    return issueOver({ device: this.worker, evidence }, spans);
  }

  #numberOf(event: number): string {
    return this.#events.steps[this.#events.step[event] as number] ?? '';
  }
}
