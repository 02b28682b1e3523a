import { count } from '../model/text.ts';
import { maskSecrets } from './mask.ts';

/** Longest message that is kept: a stack trace; CloudWatch takes 1 MB. */
const MAX_LENGTH = 8000;
/** What stands at the end of one that was cut. */
const CUT = /… \([\d,]+ characters\)$/;
const CUT_LENGTH = 40;
/** Colours for terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const COLOURS = /\u001b\[[\d;]{0,20}[A-Za-z]/g;

/** A message as it is kept: without colours, secrets masked, cut where it is very long. What was kept stays as it is. */
export function cleanMessage(message: string): string {
  const masked = maskSecrets(message.replace(COLOURS, '').trimEnd());
  if (masked.length <= MAX_LENGTH || (masked.length <= MAX_LENGTH + CUT_LENGTH && CUT.test(masked))) return masked;
  // Half a mask would not be known as one.
  const head = masked.slice(0, MAX_LENGTH).replace(/\[masked: [^\]]{0,40}$/, '');
  return `${head}… (${count(masked.length)} characters)`;
}
