import type { LogLine } from '../model/monitored.ts';
import { maskSecrets } from './mask.ts';
import { restOfPrivateKeys } from './private-keys.ts';

/**
 * For lines in order of time: masks all secrets in their messages and in the names that people gave their streams. A private key that
 * begins in one line is masked in those after it of the same stream.
 */
export function lineMasker(): (line: LogLine) => LogLine {
  const streams = new Map<string, { shown: string; maskRest: (masked: string) => string }>();
  return ({ seconds, stream, message }) => {
    const known = streams.get(stream) ?? { shown: maskSecrets(stream), maskRest: restOfPrivateKeys() };
    streams.set(stream, known);
    return { seconds, stream: known.shown, message: known.maskRest(maskSecrets(message)) };
  };
}
