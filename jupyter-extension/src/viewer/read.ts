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

function headingsOf(page: Document): Heading[] {
  const sections = page.querySelectorAll('main > .section[id]');
  return [...sections].flatMap((section) => {
    const head = section.querySelector('h2');
    const panels = section.querySelectorAll('.panel[id]');
    return [
      { text: head?.textContent?.trim() ?? section.id, level: 1, id: section.id },
      ...[...panels].map((panel) => ({
        text: panel.querySelector('h3')?.textContent?.trim() ?? panel.id,
        level: 2,
        id: panel.id,
      })),
    ];
  });
}
