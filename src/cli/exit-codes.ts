/** What the command ends with; told to people in docs/exit-codes.md. */
export const EXIT = {
  fine: 0,
  /** Findings over a budget. */
  findings: 1,
  /** Wrong use or unreadable input: one line says what and how to mend it. */
  usage: 2,
  /** Our fault. */
  bug: 3,
} as const;
