import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ledger, ReceivedOpen } from './ledger.ts';

/** Opens that may wait; a second's worth and more. Beyond, somebody sends faster than the disk can take. */
const MOST_WAITING = 20_000;
/** Opens in one transaction. */
const MOST_AT_ONCE = 2_000;

interface Waiting {
  readonly open: ReceivedOpen;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes what arrives together in one transaction: all of it shares one wait for the disk. */
export interface GroupCommit {
  /** Resolves when the open is on disk; rejects where it could not be written, or too many wait. */
  add(open: ReceivedOpen): Promise<void>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
}

export function groupCommit(ledger: Pick<Ledger, 'add'>): GroupCommit {
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      // Requests that have arrived, but were not read yet, come along.
      await nextTurn();
      const batch = waiting.splice(0, MOST_AT_ONCE);
      try {
        await ledger.add(batch.map(({ open }) => open));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = undefined;
  }

  return {
    add(open) {
      if (waiting.length >= MOST_WAITING) return Promise.reject(new Error('more beacons wait than can be written'));
      return new Promise((resolve, reject) => {
        waiting.push({ open, resolve, reject });
        writing ??= write();
      });
    },
    async drained() {
      await writing;
    },
  };
}
