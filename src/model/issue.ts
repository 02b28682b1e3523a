/** One distinct thing that a rule found in the raw data: what, where and when, with its evidence. */
export interface Issue {
  readonly node?: string;
  /** GPU (`gpu0`), worker (`algo-1-27`) or pair of GPUs, where the issue is of one. */
  readonly device?: string;
  /** One sentence with numbers. */
  readonly evidence: string;
  /** When, in order, without overlaps; drawn on the time axis. */
  readonly spans: readonly Span[];
}

/** Seconds since the epoch. */
export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}
