import { count } from '../model/text.ts';
import { maskSecrets } from './mask.ts';

/** Longest message that is kept: a stack trace; CloudWatch takes 1 MB. */
const MAX_LENGTH = 8000;
/** Colours for terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const COLOURS = /\u001b\[[\d;]{0,20}[A-Za-z]/g;

/** A message as it is kept: without colours, secrets masked, cut where it is very long. */
export function cleanMessage(message: string): string {
  const masked = maskSecrets(message.replace(COLOURS, '').trimEnd());
  return masked.length > MAX_LENGTH ? `${masked.slice(0, MAX_LENGTH)}… (${count(masked.length)} characters)` : masked;
}
