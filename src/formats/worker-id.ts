/**
 * A worker's id as reports show it: what the writer calls `27-algo-1` (rank or process id, then host) is `algo-1-27`; any other id stays
 * as it is.
 */
export function workerId(written: string): string {
  return written.replace(/^(.+)-(algo-\d+)$/, '$2-$1');
}
