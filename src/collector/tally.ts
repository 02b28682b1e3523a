import type { ReceivedOpen } from './ledger.ts';

/** Opens of one report on one UTC day: what a ledger keeps. */
export interface Tally {
  readonly day: string;
  readonly arn: string;
  readonly artifactId: string;
  readonly opens: number;
}

/** UTC day of a time in milliseconds since the epoch: `2026-11-21`. */
export function utcDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Counts in one order for everybody, so that writers who meet at the same rows wait for each other in turn and never in a circle. */
export function tally(received: readonly ReceivedOpen[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { receivedAt, arn, artifactId } of received) {
    const day = utcDay(receivedAt);
    const key = `${arn} ${day} ${artifactId}`;
    tallies.set(key, { day, arn, artifactId, opens: (tallies.get(key)?.opens ?? 0) + 1 });
  }
  return [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
}
