import type { Damage } from '../../model/run.ts';
import { count, list, plural } from '../../model/text.ts';

/** Lines that are named; the others are counted. */
const NAMED = 5;

/** What was tolerated in one file while its lines were read. */
export class FileDamage {
  readonly #file: string;
  readonly #node: string;
  readonly #named: number[] = [];
  #bad = 0;
  #lastCut = 0;
  #crowded = 0;

  constructor(file: string, node: string) {
    this.#file = file;
    this.#node = node;
  }

  /** A line that is no sample, counted from 1; `cut` where it is no JSON either. */
  bad(line: number, why: 'cut' | 'bad'): void {
    this.#bad++;
    if (this.#named.length < NAMED) this.#named.push(line);
    if (why === 'cut') this.#lastCut = line;
  }

  /** A row whose name, metric or node is one too many. */
  crowded(): void {
    this.#crowded++;
  }

  /** `lastLine` is the last that is not blank, 0 where there is none: a cut one tells of a job that was stopped, nothing else. */
  all(lastLine: number): Damage[] {
    const damage: Damage[] = [];
    const tell = (kind: Damage['kind'], count: number, detail: string) => {
      if (count > 0) damage.push({ kind, file: this.#file, node: this.#node, count, detail });
    };
    const cutTail = this.#lastCut === lastLine ? Math.sign(lastLine) : 0;
    const bad = this.#bad - cutTail;
    tell('empty file', lastLine === 0 ? 1 : 0, 'The file is empty.');
    tell('bad lines', bad, `${this.#lines(bad)} could not be read as a sample and ${bad === 1 ? 'was' : 'were'} left out.`);
    tell('cut tail', cutTail, 'The last line is cut off and was left out, as after a job that was stopped.');
    const rows = plural(this.#crowded, 'row');
    tell('bad lines', this.#crowded, `${rows} left out: more than 65,536 different nodes, metrics or names.`);
    return damage;
  }

  /** `Lines 3, 7 and 12 more`. */
  #lines(bad: number): string {
    const named = this.#named.slice(0, bad).map(count);
    const others = bad > NAMED ? [`${count(bad - NAMED)} more`] : [];
    return `${bad === 1 ? 'Line' : 'Lines'} ${list([...named, ...others], NAMED + 1)}`;
  }
}
