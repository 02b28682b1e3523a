/** Writes SVG elements; all text and all attribute values go through its one `text`. */
export interface Pen {
  el(name: string, attributes: Attributes, ...children: string[]): string;
  text(text: string): string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text for an XML text node or a quoted attribute. Characters that XML does not allow become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function pen(toMarkup: (text: string) => string = escapeXml): Pen {
  return {
    text: toMarkup,
    el(name, attributes, ...children) {
      let tag = `<${name}`;
      for (const [key, value] of Object.entries(attributes)) {
        if (value !== undefined) tag += ` ${key}="${typeof value === 'number' ? decimal(value) : toMarkup(value)}"`;
      }
      return children.length > 0 ? `${tag}>${children.join('')}</${name}>` : `${tag}/>`;
    },
  };
}

/** At most two decimals: a hundredth of a pixel, or of a percent. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A horizontal position or length as a percentage of the plot, so that a drawing fills any width without scaling its text. */
export function share(fraction: number): string {
  return `${decimal(fraction * 100)}%`;
}
