import type { LogLine } from '../model/monitored.ts';
import { maskSecrets } from './mask.ts';

/** Lines in order of time with all secrets masked, in their messages and in the names that people gave their streams. */
export function maskLines(lines: readonly LogLine[]): LogLine[] {
  const streams = new Map<string, string>();
  return lines.map(({ seconds, stream, message }) => {
    const shown = streams.get(stream) ?? maskSecrets(stream);
    streams.set(stream, shown);
    return { seconds, stream: shown, message: maskSecrets(message) };
  });
}
