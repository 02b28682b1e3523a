import { UsageError } from '../model/errors.ts';
import { type Format, WRITERS } from '../writers/index.ts';

/** What `--format` asks for, in the order of the writers' table reversed: html, which people open, comes last. */
export function parseFormats(text: string): Format[] {
  const known = Object.keys(WRITERS) as Format[];
  const asked = text.split(',').map((name) => name.trim().toLowerCase());
  const unknown = asked.find((name) => !known.includes(name as Format));
  if (unknown !== undefined) {
    throw new UsageError(`--format ${JSON.stringify(text)}: ${JSON.stringify(unknown)} is none of ${known.join(', ')}.`);
  }
  return known.filter((name) => asked.includes(name)).reverse();
}
