/** What a regular expression is made of. */
export type Part =
  | { readonly kind: 'one'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'place'; readonly isHere: (before: string, after: string) => boolean }
  /** Alternatives, each a sequence. */
  | { readonly kind: 'group'; readonly ways: readonly (readonly Part[])[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number };

/** The parts of a regular expression that JavaScript understands; undefined where it looks ahead, behind or back at what it found. */
export function partsOf(pattern: string): Part | undefined {
  const reader = new Reader(pattern);
  const ways = reader.ways();
  return reader.isRefused ? undefined : { kind: 'group', ways };
}

const isWord = (character: string) => /^\w$/.test(character);
const PLACES: Readonly<Record<string, (before: string, after: string) => boolean>> = {
  '^': (before) => before === '',
  $: (_, after) => after === '',
  '\\b': (before, after) => isWord(before) !== isWord(after),
  '\\B': (before, after) => isWord(before) === isWord(after),
};
/** One character, or what stands for one: an escape, a class, any. */
const ATOM = /\\(?:u[\da-f]{4}|x[\da-f]{2}|c[a-z]|.)|\[(?:\\.|[^\]\\])*\]|./isy;
const REPEAT = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;

class Reader {
  readonly #pattern: string;
  #at = 0;
  isRefused = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Up to the end of the group or of the pattern. */
  ways(): Part[][] {
    const ways: Part[][] = [[]];
    while (this.#at < this.#pattern.length && !this.isRefused) {
      if (this.#take(/\)/y)) break;
      if (this.#take(/\|/y)) ways.push([]);
      else ways.at(-1)?.push(this.#repeated(this.#part()));
    }
    return ways;
  }

  #part(): Part {
    if (this.#take(/\((?:\?:|\?<\w+>|(?!\?))/y)) return { kind: 'group', ways: this.ways() };
    const [atom = ''] = this.#take(ATOM) ?? [];
    // Names of groups and characters, counted and named references; what looks around.
    if (atom === '(' || /^\\[1-9kpP]/.test(atom)) this.isRefused = true;
    const isHere = PLACES[atom];
    if (isHere) return { kind: 'place', isHere };
    const one = this.isRefused ? /^$/ : new RegExp(`^${atom === '{' || atom === '}' || atom === ']' ? `\\${atom}` : atom}$`);
    const known = new Map<string, boolean>();
    const fits = (character: string) => {
      const answer = known.get(character) ?? one.test(character);
      known.set(character, answer);
      return answer;
    };
    return { kind: 'one', fits };
  }

  #repeated(part: Part): Part {
    const [found, least, comma, most] = this.#take(REPEAT) ?? [];
    if (found === undefined) return part;
    const atLeast = least === undefined ? (found.startsWith('+') ? 1 : 0) : Number(least);
    const upTo = found.startsWith('?') ? 1 : comma === '' ? atLeast : most ? Number(most) : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', part, least: atLeast, most: upTo };
  }

  #take(what: RegExp): RegExpExecArray | null {
    what.lastIndex = this.#at;
    const found = what.exec(this.#pattern);
    if (found) this.#at = what.lastIndex;
    return found;
  }
}
