/** A number and its unit stay on one line: the space between them does not break. */
export function keepUnits(text: string): string {
  return text.replace(/(?<=\d) (?=(?:%|µs|ms|s|min|h|MB)(?![\p{L}\p{N}_]))/gu, '\u00a0');
}
