import type { MetricSeries } from '../../model/monitored.ts';
import { count, plural } from '../../model/text.ts';
import { isObject } from '../tolerant.ts';
import { Identifier, named } from './identifier.ts';
import type { Asked, Identity } from './identity.ts';
import { momentSeconds } from './moment.ts';
import { Points, withPeriods } from './points.ts';
import type { Data, Query, Result, Statistics } from './schemas.ts';
import type { Tolerated } from './tolerated.ts';

/** Keys of a data point that hold a value, those that no metric here has (`tm90`) included. */
const STATISTIC = /^(?:Average|Sum|Minimum|Maximum|SampleCount|[a-z]{1,3}[\d(].*)$/i;

const TWO_THINGS = 'If they are of two hosts or variants, give what get-metric-data printed, with its queries.';

/** Series of the thing asked for, from what CloudWatch printed; what cannot be used is told. */
export class Collector {
  readonly #asked: Asked;
  readonly #tolerated: Tolerated;
  readonly #identifier: Identifier;
  readonly #series = new Map<string, Points>();
  /** What may come in several pages; `added` counts data points, undefined where it is of no use. */
  readonly #results = new Map<string, { file: string; shown: string; last: Result; added: number | undefined }>();

  constructor(asked: Asked, tolerated: Tolerated) {
    this.#asked = asked;
    this.#tolerated = tolerated;
    this.#identifier = new Identifier(asked, tolerated);
  }

  /** Results with the queries that tell what they are. */
  addData(file: string, { MetricDataResults }: Data, queries: ReadonlyMap<string, Query>): void {
    for (const last of MetricDataResults ?? []) {
      const [id, label] = [last.Id ?? '', last.Label ?? ''];
      const [key, shown] = [JSON.stringify([file, id, label]), named(label, id)];
      const found = this.#identifier.ofResult(file, id, label, queries.get(id));
      const added = found && this.#addPoints(file, shown, last, this.#points(found.identity, found.periodSeconds));
      const before = this.#results.get(key)?.added ?? 0;
      this.#results.set(key, { file, shown, last, added: added === undefined ? undefined : added + before });
    }
  }

  addStatistics(file: string, { Label, Datapoints }: Statistics): void {
    const shown = named(Label ?? '', '');
    const host = this.#asked.kind === 'endpoint' ? '' : (/algo-\d+/.exec(file)?.[0] ?? '');
    const known = new Map<string, Identity | undefined>();
    let bad = 0;
    for (const point of Datapoints) {
      const { Timestamp, Unit, ExtendedStatistics, ...plain } = isObject(point) ? point : {};
      const seconds = momentSeconds(Timestamp);
      if (!Number.isFinite(seconds)) bad++;
      const values = Object.entries({ ...plain, ...(isObject(ExtendedStatistics) ? ExtendedStatistics : {}) });
      for (const [statistic, value] of values.filter(([key]) => STATISTIC.test(key))) {
        const key = JSON.stringify([statistic, Unit]);
        if (!known.has(key)) known.set(key, this.#identifier.ofStatistic(file, `${Label ?? ''} ${host}`, statistic, Unit));
        const identity = known.get(key);
        if (identity === undefined || !Number.isFinite(seconds)) continue;
        if (typeof value === 'number') this.#points(identity, undefined).add(seconds, value);
        else bad++;
      }
    }
    if (bad > 0) this.#tolerated.tell('bad lines', file, badPoints(shown), bad);
    if (Datapoints.length === 0) this.#tolerated.tell('no data', file, `${shown} has no data points.`);
  }

  /** All series; of a file that was saved, those without data points are no news. */
  finish(source: string, isSaved = false): MetricSeries[] {
    for (const { file, shown, last, added } of this.#results.values()) {
      if (added === 0 && !isSaved) this.#tolerated.tell('no data', file, `${shown} has no data points.`);
      this.#tellState(file, shown, last);
    }
    this.#joinAlike();
    const series = [...this.#series.values()].map((points) => {
      const { identity, periodSeconds } = points;
      const { seconds, values, repeated, changed } = points.finish();
      if (repeated > 0) {
        const last =
          changed > 0 ? `, ${count(changed)} of them with another value: the last one given is used. ${TWO_THINGS}` : '';
        const detail = `${plural(repeated, 'data point')} of ${identity.metric} ${identity.statistic} came more than once${last || '.'}`;
        this.#tolerated.tell('repeated rows', source, detail, repeated);
      }
      return { ...identity, periodSeconds, seconds, values };
    });
    return withPeriods(series);
  }

  /** What tells its period in one file and does not in another one is the same. */
  #joinAlike(): void {
    const told = [...this.#series.values()].filter(({ periodSeconds }) => periodSeconds !== undefined);
    for (const points of told) {
      const key = keyOf(points.identity);
      const untold = this.#series.get(key);
      if (untold) points.take(untold);
      this.#series.delete(key);
    }
  }

  #points(identity: Identity, periodSeconds: number | undefined): Points {
    const key = keyOf(identity, periodSeconds);
    const points = this.#series.get(key) ?? new Points(identity, periodSeconds);
    this.#series.set(key, points);
    return points;
  }

  /** Number of points added. */
  #addPoints(file: string, shown: string, { Timestamps, Values }: Result, points: Points): number {
    const [times, values] = [Timestamps ?? [], Values ?? []];
    let [added, bad, rises, falls, before] = [0, Math.abs(times.length - values.length), 0, 0, Number.NaN];
    for (let i = 0; i < Math.min(times.length, values.length); i++) {
      const [seconds, value] = [momentSeconds(times[i]), values[i]];
      if (!Number.isFinite(seconds) || typeof value !== 'number') {
        bad++;
        continue;
      }
      if (seconds > before) rises++;
      if (seconds < before) falls++;
      before = seconds;
      points.add(seconds, value);
      added++;
    }
    if (bad > 0) this.#tolerated.tell('bad lines', file, badPoints(shown), bad);
    const misplaced = Math.min(rises, falls);
    if (misplaced > 0) {
      this.#tolerated.tell('misplaced rows', file, `Data points of ${shown} were put in order of time.`, misplaced);
    }
    return added;
  }

  /** CloudWatch's own word on a result: the last one, where it came in several pages. */
  #tellState(file: string, shown: string, { StatusCode, Messages }: Result): void {
    const said = (Messages ?? []).map(({ Code, Value }) => ` ${Value ?? Code ?? ''}`).join('');
    if (StatusCode === 'PartialData') {
      this.#tolerated.tell('left out', file, `${shown} is not complete: CloudWatch had more data points.${said}`);
    } else if (StatusCode && StatusCode !== 'Complete') {
      const kind = StatusCode === 'Forbidden' ? 'not allowed' : 'no data';
      this.#tolerated.tell(kind, file, `CloudWatch answered ${StatusCode} for ${shown}.${said}`);
    }
  }
}

function keyOf({ namespace, metric, dimensions, statistic }: Identity, periodSeconds?: number): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metric, sorted, statistic, periodSeconds]);
}

function badPoints(shown: string): string {
  return `Data points of ${shown} without a moment or a number were left out.`;
}
