import { maskSecrets } from '../../logs/mask.ts';
import type { Damage } from '../../model/run.ts';
import { count as number, visibleName, visibleText } from '../../model/text.ts';

/** Lines of one kind in one file; the rest is counted. */
const MOST_TOLD = 20;

/** What was tolerated in the files: equal ones are one, with their count. */
export class Tolerated {
  readonly #damage = new Map<string, { readonly one: Damage; count: number }>();

  tell(kind: Damage['kind'], file: string, said: string, count = 1): void {
    const detail = maskSecrets(said);
    const key = JSON.stringify([kind, file, detail]);
    const known = this.#damage.get(key);
    if (known) known.count += count;
    else this.#damage.set(key, { one: { kind, file: visibleName(file), count, detail: visibleText(detail) }, count });
  }

  all(): Damage[] {
    const groups = Map.groupBy(this.#damage.values(), ({ one }) => JSON.stringify([one.kind, one.file]));
    return [...groups.values()].flatMap((group) => {
      const told = group.slice(0, MOST_TOLD).map(({ one, count }) => ({ ...one, count }));
      const rest = group.slice(MOST_TOLD);
      const [first] = rest;
      if (first === undefined) return told;
      const count = rest.reduce((sum, one) => sum + one.count, 0);
      return [...told, { ...first.one, count, detail: `And ${number(rest.length)} more like these.` }];
    });
  }
}
