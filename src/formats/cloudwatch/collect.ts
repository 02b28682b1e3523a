import { UsageError } from '../../model/errors.ts';
import type { MetricSeries } from '../../model/monitored.ts';
import { plural, visibleName } from '../../model/text.ts';
import { type Asked, type Identity, identityOf, type Refused, type Told } from './identity.ts';
import { toldByLabel } from './label.ts';
import { momentSeconds } from './moment.ts';
import { Points, withPeriods } from './points.ts';
import type { Data, Query, Result, Statistics } from './schemas.ts';
import type { Tolerated } from './tolerated.ts';

/** Series of the thing asked for, from what CloudWatch printed; what cannot be used is told. */
export class Collector {
  readonly #asked: Asked;
  readonly #tolerated: Tolerated;
  readonly #series = new Map<string, Points>();
  /** Which result without a query a series comes from, by file: another one with the same words is another thing. */
  readonly #madeOut = new Map<string, string>();

  constructor(asked: Asked, tolerated: Tolerated) {
    this.#asked = asked;
    this.#tolerated = tolerated;
  }

  /** Results with the queries that tell what they are; `isWhole` keeps series without points. */
  addData(file: string, { MetricDataResults }: Data, queries: ReadonlyMap<string, Query>, isWhole = false): void {
    const states = new Map<string, Result>();
    for (const result of MetricDataResults ?? []) {
      const [id, label] = [result.Id ?? '', result.Label ?? ''];
      states.set(JSON.stringify([id, label]), result);
      const found = this.#identify(file, id, label, queries.get(id));
      if (found === undefined) continue;
      const points = this.#points(found.identity, found.periodSeconds);
      if (this.#addPoints(file, label || id, result, points) === 0 && !isWhole) {
        this.#tolerated.tell('no data', file, `${name(label, id)} has no data points.`);
      }
    }
    for (const { Id, Label, StatusCode, Messages } of states.values()) {
      const shown = name(Label ?? '', Id ?? '');
      const said = (Messages ?? []).map(({ Code, Value }) => Value ?? Code ?? '').join(' ');
      if (StatusCode === 'PartialData') {
        this.#tolerated.tell('left out', file, `${shown} is not complete: CloudWatch had more data points. ${said}`.trim());
      } else if (StatusCode && StatusCode !== 'Complete') {
        const kind = StatusCode === 'Forbidden' ? 'not allowed' : 'no data';
        this.#tolerated.tell(kind, file, `CloudWatch answered ${StatusCode} for ${shown}. ${said}`.trim());
      }
    }
  }

  addStatistics(file: string, { Label, Datapoints }: Statistics): void {
    const label = Label ?? '';
    const host = /algo-\d+/.exec(file)?.[0];
    const words = this.#asked.kind !== 'endpoint' && host !== undefined ? `${label} ${host}` : label;
    let bad = 0;
    for (const point of Datapoints) {
      const { Timestamp, Unit, ExtendedStatistics, ...plain } = (point ?? {}) as Record<string, unknown>;
      const seconds = momentSeconds(Timestamp);
      const extended = typeof ExtendedStatistics === 'object' ? ExtendedStatistics : {};
      for (const [statistic, value] of Object.entries({ ...plain, ...extended })) {
        if (!/^(?:Average|Sum|Minimum|Maximum|SampleCount|p\d.*|[a-z]{1,3}[\d(].*)$/i.test(statistic)) continue;
        const found = this.#identifyStatistic(file, words, statistic, typeof Unit === 'string' ? Unit : undefined);
        if (found === undefined) continue;
        if (Number.isFinite(seconds) && typeof value === 'number') this.#points(found, undefined).add(seconds, value);
        else bad++;
      }
      if (!Number.isFinite(seconds)) bad++;
    }
    if (bad > 0) this.#tolerated.tell('bad lines', file, badPoints(name(label, '')), bad);
    if (Datapoints.length === 0) this.#tolerated.tell('no data', file, `${name(label, '')} has no data points.`);
  }

  finish(file: string): MetricSeries[] {
    const series = [...this.#series.values()].map((points) => {
      const { identity, periodSeconds } = points;
      const { seconds, values, repeated, changed } = points.finish();
      if (repeated > 0) {
        const last = changed > 0 ? `, ${changed} of them with another value: the last one given is used` : '';
        const detail = `${plural(repeated, 'data point')} of ${identity.metric} ${identity.statistic} came more than once${last}.`;
        this.#tolerated.tell('repeated rows', file, detail, repeated);
      }
      return { ...identity, periodSeconds, seconds, values };
    });
    return withPeriods(series);
  }

  #points(identity: Identity, periodSeconds: number | undefined): Points {
    const { namespace, metric, dimensions, statistic } = identity;
    const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([namespace, metric, sorted, statistic, periodSeconds]);
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
    if (bad > 0) this.#tolerated.tell('bad lines', file, badPoints(visibleName(shown)), bad);
    const misplaced = Math.min(rises, falls);
    if (misplaced > 0) {
      this.#tolerated.tell('misplaced rows', file, `Data points of ${visibleName(shown)} were put in order of time.`, misplaced);
    }
    return added;
  }

  #identify(file: string, id: string, label: string, query: Query | undefined) {
    if (query?.MetricStat) {
      const { Metric, Period, Stat, Unit } = query.MetricStat;
      const dimensions = Object.fromEntries((Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
      const told = {
        namespace: Metric.Namespace,
        metric: Metric.MetricName,
        dimensions,
        statistic: Stat,
        unit: Unit ?? undefined,
      };
      const identity = this.#checked(file, name(label, id), told);
      return identity && { identity, periodSeconds: Period };
    }
    const made = toldByLabel(label, id, this.#asked);
    if ('refused' in made) return this.#refuse(file, name(label, id), made);
    const identity = this.#checked(file, name(label, id), made.told);
    if (identity === undefined) return undefined;
    const key = JSON.stringify([file, identity]);
    const other = this.#madeOut.get(key);
    const own = JSON.stringify([id, label]);
    if (other !== undefined && other !== own) {
      const detail = 'another result has the same words: give the file with the MetricDataQueries along';
      return this.#refuse(file, name(label, id), { refused: detail });
    }
    this.#madeOut.set(key, own);
    for (const assumed of made.assumed) {
      this.#tolerated.tell('assumed', file, `The label of ${name(label, id)} does not tell all: ${assumed} was assumed.`);
    }
    return { identity, periodSeconds: undefined };
  }

  #identifyStatistic(file: string, label: string, statistic: string, unit: string | undefined): Identity | undefined {
    const made = toldByLabel(label, '', this.#asked);
    if ('refused' in made) return this.#refuse(file, name(label, ''), made);
    const identity = this.#checked(file, name(label, ''), { ...made.told, statistic, unit });
    const host = made.assumed.find((one) => one.includes('host'));
    if (identity && host) this.#tolerated.tell('assumed', file, `Nothing tells the host of ${label}: ${host} was assumed.`);
    return identity;
  }

  #checked(file: string, shown: string, told: Told): Identity | undefined {
    const identity = identityOf(told, this.#asked);
    return 'refused' in identity ? this.#refuse(file, shown, identity) : identity;
  }

  #refuse(file: string, shown: string, { refused }: Refused): undefined {
    this.#tolerated.tell('left out', file, `${shown} was left out: ${refused}.`);
  }
}

/** Queries by their ids. Throws a UsageError where one id stands for two things. */
export function queriesById(files: readonly { readonly file: string; readonly queries: readonly Query[] }[]): Map<string, Query> {
  const byId = new Map<string, Query>();
  for (const { file, queries } of files) {
    for (const query of queries) {
      const known = byId.get(query.Id);
      if (known && JSON.stringify(known.MetricStat) !== JSON.stringify(query.MetricStat)) {
        throw new UsageError(
          `${visibleName(file)}: the query ${visibleName(query.Id)} stands for two metrics: give the files of one fetch only.`,
        );
      }
      byId.set(query.Id, query);
    }
  }
  return byId;
}

function name(label: string, id: string): string {
  const shown = label || id || 'without label';
  return `the result ${visibleName(shown)}`;
}

function badPoints(shown: string): string {
  return `Data points of ${shown} without a moment or a number were left out.`;
}
