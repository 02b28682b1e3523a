/**
 * JSON as Python's json module writes it: besides standard JSON the tokens NaN, Infinity and -Infinity, which are read as null.
 * Throws a SyntaxError for anything else that is not JSON, such as a file cut off in the middle.
 */
export function parsePythonJson(bytes: Uint8Array): { value: unknown; nonFinite: number } {
  const text = new TextDecoder('utf-8').decode(bytes);
  try {
    return { value: JSON.parse(text), nonFinite: 0 };
  } catch (error) {
    const { standard, nonFinite } = withoutNonFinite(text);
    if (nonFinite === 0) throw error;
    return { value: JSON.parse(standard), nonFinite };
  }
}

/** A value as Python's json.dumps spells it, but for whole floats (`100`): parts set apart by `, ` and `: `, no newline at the end. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, part]) => `${JSON.stringify(String(key))}: ${pythonJson(part)}`).join(', ')}}`;
}

const NON_FINITE = /"|-?(?:NaN|Infinity)/g;

/** Replaces the tokens outside of strings. Strings are skipped by hand: a pattern for them overflows on very long ones. */
function withoutNonFinite(text: string): { standard: string; nonFinite: number } {
  const parts: string[] = [];
  let nonFinite = 0;
  let from = 0;
  NON_FINITE.lastIndex = 0;
  for (let match = NON_FINITE.exec(text); match; match = NON_FINITE.exec(text)) {
    if (match[0] === '"') {
      NON_FINITE.lastIndex = endOfString(text, match.index + 1);
      continue;
    }
    parts.push(text.slice(from, match.index), 'null');
    from = NON_FINITE.lastIndex;
    nonFinite++;
  }
  parts.push(text.slice(from));
  return { standard: parts.join(''), nonFinite };
}

/** Index behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
