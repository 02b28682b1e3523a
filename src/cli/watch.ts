import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../model/errors.ts';
import { duration, utc } from '../model/text.ts';

interface Watch<Seen> {
  readonly intervalSeconds: number;
  /** Resolves when it should end. */
  readonly stopped: Promise<void>;
  readonly look: () => Promise<Seen>;
  /** Writes what was seen; resolves with one line on it. */
  readonly write: (seen: Seen) => Promise<string>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * Looks and writes again and again, with a line each time, until it is stopped: then at once, but for files that are being written. What
 * AWS or the disk refuse ends it while nothing was written yet; later it is told, and the next round tries again.
 */
export async function watch<Seen>({ intervalSeconds, stopped, look, write, say, complain }: Watch<Seen>): Promise<void> {
  const end = new AbortController();
  const stop = stopped.then(() => end.abort());
  for (let isWritten = false; !end.signal.aborted; ) {
    const begun = Date.now();
    const line = (text: string) => `${utc(begun / 1000)}  ${text}`;
    try {
      const seen = await Promise.race([look(), stop]);
      if (end.signal.aborted) return;
      say(line(await write(seen as Seen)));
      isWritten = true;
    } catch (error) {
      if (!(error instanceof UsageError) || !isWritten) throw error;
      complain(line(`${error.message} Another try in ${duration(intervalSeconds)}.`));
    }
    const left = begun + intervalSeconds * 1000 - Date.now();
    await setTimeout(Math.max(0, left), undefined, { signal: end.signal }).catch(() => {});
  }
}
