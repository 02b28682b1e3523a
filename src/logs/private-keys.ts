const BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/;
const KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|$)/g;
const END = /-----END [A-Z ]{0,40}PRIVATE KEY/;
const MASK = '[masked: private key]';
/** Of a key whose end is not in the same text. */
const BEGUN = '[masked: beginning of a private key]';
/** Lines of the longest keys that there are. */
const MOST_LINES = 150;

/** Masks private keys; one without its end goes on to the end of the text: in logs a key comes in pieces. */
export function maskPrivateKeys(text: string): string {
  return BEGIN.test(text) ? text.replace(KEY, (key) => (END.test(key) ? MASK : BEGUN)) : text;
}

/** For the lines of one stream after each other: masks what follows the beginning of a private key, up to its end. */
export function restOfPrivateKeys(): (masked: string) => string {
  let left = 0;
  return (masked) => {
    if (masked.endsWith(BEGUN)) {
      left = MOST_LINES;
      return masked;
    }
    if (left === 0) return masked;
    left = END.test(masked) ? 0 : left - 1;
    // The line, or its end where a name of a worker stands before it; other lines of the stream may come between.
    return masked.replace(/(?<=^\s*|\s)(?=\S*[\dA-Z+/=]|\S+$)[\w+/]{4,}={0,2}(?=\s*(?:-----END |$))/, (part, at: number) =>
      at === 0 || part.length >= 16 || /=$/.test(part) ? MASK : part,
    );
  };
}
