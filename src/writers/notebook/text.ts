import { escapeMarkdown } from '../markdown/escape.ts';

/**
 * Plain text for a markdown cell. Backslashes are no protection there, for notebooks look for formulas (`\\(`, `\\[`, `\\begin`) before
 * they read markdown: what escapeMarkdown guards becomes a numeric entity, which nothing takes for markup.
 */
export function cellText(text: string): string {
  return asEntities(escapeMarkdown(text));
}

/** The same for markdown that escapeMarkdown has been part of, such as a table. */
export function asEntities(markdown: string): string {
  return markdown.replace(/\\(.)(?:<!-- -->)?|(.)<!-- -->/gu, (_, escaped, split) => `&#${(escaped ?? split).codePointAt(0)};`);
}
