import { type Asked, type Identity, identityOf, type Refused, type Told } from './identity.ts';
import { toldByLabel } from './label.ts';
import { MEND } from './label-dimensions.ts';
import type { Query } from './schemas.ts';
import type { Tolerated } from './tolerated.ts';

type MetricStat = NonNullable<Query['MetricStat']>;

interface Identified {
  readonly identity: Identity;
  readonly periodSeconds: number | undefined;
}

/** Says what results are; what is of no use is told. */
export class Identifier {
  readonly #asked: Asked;
  readonly #tolerated: Tolerated;
  /** Which result without a query a series comes from, by file: another one with the same words is another thing. */
  readonly #madeOut = new Map<string, string>();

  constructor(asked: Asked, tolerated: Tolerated) {
    this.#asked = asked;
    this.#tolerated = tolerated;
  }

  /** By its query where there is one, else by its label; undefined, and told, where it is of no use. */
  ofResult(file: string, id: string, label: string, query: Query | undefined): Identified | undefined {
    const shown = named(label, id);
    if (query?.MetricStat) return this.#byQuery(file, shown, query.MetricStat);
    // What a search finds are metrics as they are.
    if (query?.Expression && !/^\s*SEARCH\(/i.test(query.Expression)) {
      return this.#refuse(file, shown, { refused: `it is computed: ${query.Expression}` });
    }
    return this.#byLabel(file, id, label);
  }

  #byQuery(file: string, shown: string, { Metric, Period, Stat, Unit }: MetricStat): Identified | undefined {
    const identity = this.#checked(file, shown, {
      namespace: Metric.Namespace,
      metric: Metric.MetricName,
      dimensions: Object.fromEntries((Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
      statistic: Stat,
      unit: Unit ?? undefined,
    });
    return identity && { identity, periodSeconds: Period >= 1 ? Period : undefined };
  }

  #byLabel(file: string, id: string, label: string): Identified | undefined {
    const shown = named(label, id);
    const made = toldByLabel(label, id, this.#asked);
    if ('refused' in made) return this.#refuse(file, shown, made);
    const identity = this.#checked(file, shown, made.told);
    if (identity === undefined) return undefined;
    const [key, own] = [JSON.stringify([file, identity]), JSON.stringify([id, label])];
    if ((this.#madeOut.get(key) ?? own) !== own) {
      return this.#refuse(file, shown, { refused: `another result has the same words: ${MEND}` });
    }
    this.#madeOut.set(key, own);
    for (const assumed of made.assumed) {
      this.#tolerated.tell('assumed', file, `The label of ${shown} does not tell all: ${assumed} was assumed.`);
    }
    return { identity, periodSeconds: undefined };
  }

  /** Of what `get-metric-statistics` printed: a label is but the metric's name. */
  ofStatistic(file: string, label: string, statistic: string, unit: unknown): Identity | undefined {
    const shown = named(label.trim(), '');
    const made = toldByLabel(label, '', this.#asked);
    if ('refused' in made) return this.#refuse(file, shown, made);
    const told = { ...made.told, statistic, unit: typeof unit === 'string' ? unit : undefined };
    const identity = this.#checked(file, `${statistic} of ${shown}`, told);
    const [host] = made.assumed.filter((one) => one.startsWith('the host'));
    if (identity && host) this.#tolerated.tell('assumed', file, `Nothing tells the host of ${shown}: ${host} was assumed.`);
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

export function named(label: string, id: string): string {
  return label || id || 'A result without label';
}
