/** A text in quotes, kept as it is; or a comment as in JSON5, one without an end kept, so that it stays no JSON. */
const TEXT_OR_COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/|("[^"\\]*(?:\\[\s\S][^"\\]*)*"?|\/\*[\s\S]*)/g;

/** A text in quotes, kept as it is; or a comma before the end of a list or an object. */
const TEXT_OR_LAST_COMMA = /,(?=[ \t\n\r]*[\]}])|("[^"\\]*(?:\\[\s\S][^"\\]*)*"?)/g;

/**
 * JSON without the comments and last commas that JupyterLab's settings may have, which people edit by hand. Whatever else is no JSON
 * stays as it is. The notebook's Python does the same.
 */
export function plainJson(text: string): string {
  const bare = text.replace(TEXT_OR_COMMENT, (_, kept = ' ') => kept);
  return bare.replace(TEXT_OR_LAST_COMMA, (_, kept = '') => kept);
}
