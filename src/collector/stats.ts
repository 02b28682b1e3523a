import type { DayCount, JobCount, Ledger } from './ledger.ts';

/** What was counted: `/stats.json`, `usage --json`, and all that the page and the tables show. */
export interface Stats {
  /** When the counts were read, ISO 8601. */
  readonly asOf: string;
  /** All opens kept. */
  readonly opens: number;
  /** Oldest first; days without an opening are left out. */
  readonly perDay: readonly DayCount[];
  /** Most opened first. */
  readonly perJob: readonly JobCount[];
  /** How the numbers are to be read. */
  readonly note: string;
}

const NOTE = 'Two openings cannot be told apart, by one person or by two: every accepted request counts.';

/** @param now milliseconds since the epoch. */
export async function statsOf(ledger: Ledger, now: number): Promise<Stats> {
  const [perDay, perJob] = await Promise.all([ledger.perDay(), ledger.perJob()]);
  const opens = perDay.reduce((sum, day) => sum + day.opens, 0);
  return { asOf: new Date(now).toISOString(), opens, perDay, perJob, note: NOTE };
}
