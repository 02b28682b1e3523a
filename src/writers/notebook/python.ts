/**
 * The text as a Python string literal, ASCII only, whatever is in it. The one way by which text gets into code.
 * JSON's escapes are Python's too, but for characters beyond U+FFFF, which JSON writes as two.
 */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
