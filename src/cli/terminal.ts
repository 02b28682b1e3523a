import { styleText } from 'node:util';

export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Where the command prints, and the environment it looks into. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours only where standard output is a terminal and NO_COLOR is not set. */
export function painter({ stdout }: Terminal): (style: Style, text: string) => string {
  return (style, text) => styleText(style, text, { stream: stdout });
}

export function print({ stdout }: Terminal, lines: readonly string[]): void {
  stdout.write(`${lines.map(printable).join('\n')}\n`);
}

const COLOUR = String.raw`\p{Cc}\[\d{1,2}m`;
const CONTROL = String.raw`[\p{Cc}\p{Bidi_Control}]`;

/** The colours of `painter` survive; every other control character would move the cursor or the reader's eye, and is shown as an escape. */
export function printable(text: string): string {
  return text.replace(new RegExp(`${COLOUR}|${CONTROL}`, 'gu'), (found) =>
    found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Cells of rows below each other; the last cell of a row is left as it is. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
