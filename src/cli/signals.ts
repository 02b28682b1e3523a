const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** What the first signal does in place of ending the process. */
let stop: (() => void) | undefined;

/** Without a listener these end the process on the spot, and half-written files stay; `exit` listeners remove them. */
export function endOnSignals(): void {
  for (const [signal, code] of Object.entries(CODES)) {
    process.on(signal, () => {
      const first = stop ?? (() => process.exit(code));
      stop = undefined;
      first();
    });
  }
}

/** Resolves at the first signal to stop, for a command that ends in good order; a second one ends the process at once. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    stop = resolve;
  });
}
