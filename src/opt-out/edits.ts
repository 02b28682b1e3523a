/** Characters from `start` up to `end` give way to `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What is to be done to one report, told for people. */
export interface Plan {
  /** In the text that `textOf` makes of the file. */
  readonly edits: readonly Edit[];
  readonly changes: readonly string[];
  /** What may still send and was left as it is, with what to do about it. */
  readonly left: readonly string[];
}

/** One character per byte, so that a place in the text is the place in the file, whatever its encoding and however damaged. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

/** The bytes with the edits made; an edit within what another one replaced is left out. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < done) continue;
    parts.push(bytes.subarray(done, start), encoder.encode(text));
    done = end;
  }
  parts.push(bytes.subarray(done));

  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Left of a report of ours whose region cannot be told. */
export const UNPAIRED =
  'the marks around its usage statistics are not one pair: make it anew with `generate --opt-out-telemetry`';
