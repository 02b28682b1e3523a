import { count } from '../model/text.ts';
import { maskSecrets } from './mask.ts';

/** Longest message that is kept: a stack trace; CloudWatch takes 1 MB. */
const MAX_LENGTH = 8000;
/** What stands at the end of one that was cut. */
const CUT = /… \([\d,]+ characters\)$/;
const CUT_LENGTH = 40;
/** Colours and links for terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const COLOURS = /\u001b(?:\[[\d;:?]{0,40}[A-Za-z]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\))/g;
/** Without width: a name with such within is none that is known. */
const UNSEEN = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff/g;

/** A message as it is kept: without colours, secrets masked, cut where it is very long. What was kept stays as it is. */
export function cleanMessage(message: string): string {
  const masked = maskSecrets(message.replace(COLOURS, '').replace(UNSEEN, '').trimEnd());
  if (masked.length <= MAX_LENGTH || (masked.length <= MAX_LENGTH + CUT_LENGTH && CUT.test(masked))) return masked;
  // Half a mask would not be known as one.
  const head = masked.slice(0, MAX_LENGTH).replace(/\[masked: [^\]]{0,40}$/, '');
  return `${head}… (${count(masked.length)} characters)`;
}
