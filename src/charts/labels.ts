/** Width of one label unit in px: a narrow character of a wide font at 12 px (DejaVu Sans needs 7.9 for `GPU memory`). */
export const UNIT_PX = 8.2;
/** The same at 11 px. */
export const SMALL_UNIT_PX = 6.8;

/** Narrowest drawing in px: a phone's page less its margins. */
export const NARROW_PX = 340;

/** Media query of screens with room for long names. */
export const WIDE_SCREEN = '(min-width: 800px)';

/** Length of a text in units; characters from Hangul on (U+1100), most of them wide, count two. */
export function units(text: string): number {
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return sum;
}

/** The text in at most `most` units, the end replaced by an ellipsis where it is longer. */
export function shorten(text: string, most: number): string {
  if (units(text) <= most) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += widthOf(character);
    if (used > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text cut into lines of `length` characters, for a tooltip. */
export function wrap(text: string, length: number): string[] {
  const characters = [...text];
  const lines = [];
  for (let at = 0; at < characters.length; at += length) lines.push(characters.slice(at, at + length).join(''));
  return lines.length > 0 ? lines : [''];
}

function widthOf(character: string): number {
  return (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
}
