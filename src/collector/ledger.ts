/** A report that was opened, as it was received. */
export interface ReceivedOpen {
  /** Stamped by the server, milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly artifactId: string;
  /** Processing job ARN, or its SHA-256. */
  readonly arn: string;
}

/** One that a log tells of: the same request may be told more than once. */
export interface LoggedOpen extends ReceivedOpen {
  readonly requestId: string;
}

export interface DayCount {
  /** UTC, `2026-11-21`. */
  readonly day: string;
  readonly opens: number;
}

export interface JobCount {
  readonly arn: string;
  readonly opens: number;
  /** UTC days of the first and the last opening kept. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Where opens are counted: SQLite or PostgreSQL. What a resolved call wrote is on disk. */
export interface Ledger {
  add(opens: readonly ReceivedOpen[]): Promise<void>;
  /** Counts each request once, however often and in however many calls it is told; resolves to how many were new. */
  addLogged(opens: readonly LoggedOpen[]): Promise<number>;
  /** Oldest first; days without an opening are left out. */
  perDay(): Promise<DayCount[]>;
  /** How many different ARNs (or hashes) were counted. */
  jobs(): Promise<number>;
  /** Most opened first; at most `limit` of them, or all. */
  perJob(limit?: number): Promise<JobCount[]>;
  /** Deletes what was counted for these ARNs (or hashes); resolves to how many opens that were. */
  forget(arns: readonly string[]): Promise<number>;
  /** Deletes what was received before this UTC day; resolves to how many opens that were. */
  removeBefore(day: string): Promise<number>;
  close(): Promise<void>;
}
