/**
 * Plain text as markdown that shows exactly this text: no emphasis, link, mention, issue number, html or table border comes of it.
 * What GitHub links without any markup (`@name`, `#1`, addresses) is split by an empty comment, for a backslash does not stop it.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]<>|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/@(?=\S)|#(?=\d)|:(?=\/\/)|(?<=\bwww)\.|(?<=\bgh-)(?=\d)/gi, '$&<!-- -->')
    .replace(/^([#+>=-]|\d+(?=[.)](?:\s|$)))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
