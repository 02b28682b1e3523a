/** The node of a worker: `algo-1` of `algo-1-27`; any other name stays as it is. */
export function nodeOf(worker: string): string {
  return /^algo-\d+(?=-)/.exec(worker)?.[0] ?? worker;
}
