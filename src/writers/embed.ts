/**
 * JSON fit to stand inside a `<script>` element: the parser of html sees no tag or comment in it, and a reader that takes it for
 * JavaScript sees no line break in a string. The JSON value is the same.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
