/**
 * Text as plotly shows it letter by letter. Plotly reads tags (links among them), entities, `%{...}` templates and, where the page has
 * MathJax, `$...$` in any text it is given; it decodes numeric entities last, so what arrives as one is never read as markup.
 * All text handed to plotly passes through here.
 */
export function plotText(text: string): string {
  return text.replace(/[&<>%$\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
