import { readFileSync, writeFileSync } from 'node:fs';

/** Below a heading of the second level. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** Replaces what stands above the first section of a page, and the sections of these titles; others stay, new ones come last. */
export function rewrite(path: string, head: string, sections: readonly Section[]): void {
  const kept = new Map<string, string>();
  for (const section of readFileSync(path, 'utf8').split(/^## /m).slice(1)) {
    const [title = '', ...lines] = section.split('\n');
    kept.set(title, lines.join('\n').trim());
  }
  for (const { title, text } of sections) kept.set(title, text);
  writeFileSync(path, `${head}\n${[...kept].map(([title, text]) => `\n## ${title}\n\n${text}\n`).join('')}`);
}
