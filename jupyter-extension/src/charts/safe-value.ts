/** An object costs a node of the page or more, a value in a list a point. */
const OBJECT_COST = 50;
const CHARACTERS_PER_COST = 20;
const MOST_DEEP = 40;

/** The only part of plotly that loads anything is a layout's pictures: `images`, and `imagedefaults` of a template. */
const LOADS = /image|^__proto__$/i;

/** Arguments of buttons and sliders, which name what they change in words as well as by key. */
const ARGUMENTS = /^args2?$/;

/** A copy of a part of a figure, in which no text is a link and nothing can load; undefined where it costs more than `most`. */
export function safeValue(value: unknown, most: number): unknown {
  let left = most;
  const copy = (part: unknown, depth: number, argument: boolean): unknown => {
    if (depth > MOST_DEEP) left = -1;
    if (left < 0) return undefined;
    if (typeof part === 'string') {
      left -= Math.floor(part.length / CHARACTERS_PER_COST);
      return argument && LOADS.test(part) ? '' : plainMarkup(part);
    }
    if (Array.isArray(part)) {
      left -= part.length;
      return left < 0 ? undefined : part.map((item) => copy(item, depth + 1, argument));
    }
    if (typeof part !== 'object' || part === null) return part;
    left -= OBJECT_COST;
    const entries = Object.entries(part).filter(([key]) => !LOADS.test(key));
    return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, depth + 1, argument || ARGUMENTS.test(key))]));
  };
  const safe = copy(value, 0, false);
  return left < 0 ? undefined : safe;
}

/**
 * Text with no markup but line breaks, simple type and the `<extra>` of what is shown on hovering. Plotly makes links of `<a>`, and gives
 * any style to a `<span style>`. No `<` is left for another text to complete where plotly joins several.
 */
export function plainMarkup(text: string): string {
  return text
    .replace(/<\/?(?:a|span)(?:\s[^<>]*)?>/gi, '')
    .replace(/<(?!(?:\/?(?:b|i|em|s|u|sub|sup|extra)|br\s?\/?)>)/gi, '&#60;');
}
