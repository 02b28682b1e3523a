import type { DayCount, JobCount, Ledger } from './ledger.ts';

/** What was counted: `/stats.json`, `usage --json`, and all that the page and the tables show. */
export interface Stats {
  /** When the counts were read, ISO 8601. */
  readonly asOf: string;
  /** All opens kept. */
  readonly opens: number;
  /** How many jobs these were of. */
  readonly jobs: number;
  /** Oldest first; days without an opening are left out. */
  readonly perDay: readonly DayCount[];
  /** Most opened first; of very many, those opened most. */
  readonly perJob: readonly JobCount[];
  /** How the numbers are to be read. */
  readonly note: string;
}

const NOTE = 'Two openings cannot be told apart, by one person or by two: every accepted request counts.';

/**
 * @param now milliseconds since the epoch.
 * @param mostJobs told one by one; all without it.
 */
export async function statsOf(ledger: Ledger, now: number, mostJobs?: number): Promise<Stats> {
  const [perDay, jobs, perJob] = await Promise.all([ledger.perDay(), ledger.jobs(), ledger.perJob(mostJobs)]);
  const opens = perDay.reduce((sum, day) => sum + day.opens, 0);
  return { asOf: new Date(now).toISOString(), opens, jobs, perDay, perJob, note: NOTE };
}
