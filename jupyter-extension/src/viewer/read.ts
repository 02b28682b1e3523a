import { kindOfPage } from '../../../src/opt-out/kind.ts';
import { namesPicture } from '../../../src/opt-out/picture.ts';
import { type Asking, askingOf } from './asking.ts';
import { hasKnownScripts } from './scripts.ts';

/** A line of the table of contents. */
export interface Heading {
  readonly text: string;
  readonly level: number;
  /** Of its section. */
  readonly id: string;
}

/** What a file of html is: a report of ours, the service's, or none; `wrong` asks to tell something else than it shows. */
export interface PageRead {
  readonly kind: 'own' | 'service' | undefined;
  /** Something can be taken out of it that could tell of its opening. */
  readonly tells: boolean;
  /** Its scripts are those of this version. */
  readonly known: boolean;
  readonly usage: Asking | 'silent' | 'wrong';
  readonly headings: readonly Heading[];
}

/** Reads the text of a file without running or loading anything of it. */
export function readPage(text: string): PageRead {
  const kind = kindOfPage(text);
  const page = new DOMParser().parseFromString(text, 'text/html');
  const known = kind === 'own' && hasKnownScripts(page);
  const usage = kind === 'own' ? usageOf(page) : 'silent';
  const tells = kind === 'own' ? usage !== 'silent' : kind === 'service' && namesPicture(text);
  return { kind, tells, known, usage, headings: headingsOf(page) };
}

function usageOf(page: Document): PageRead['usage'] {
  const [endpoint, url] = ['usage-endpoint', 'usage-url'].map((id) => page.getElementById(id)?.textContent);
  if (endpoint == null || url == null) return 'silent';
  return askingOf(endpoint, url) ?? 'wrong';
}

/** A list that people and the lab can bear, whatever a file holds. */
const MOST_HEADINGS = 500;
const LONGEST_TEXT = 200;

function headingsOf(page: Document): Heading[] {
  const parts = [...page.querySelectorAll('main > .section[id], main > .section .panel[id]')].slice(0, MOST_HEADINGS);
  return parts.map((part) => {
    const level = part.matches('main > .section') ? 1 : 2;
    const head = part.querySelector(level === 1 ? 'h2' : 'h3');
    return { text: (head?.textContent?.trim() ?? part.id).slice(0, LONGEST_TEXT), level, id: part.id };
  });
}
