import { isIPv6 } from 'node:net';

/** Addresses remembered; the one not seen for longest is forgotten first. */
const MOST_ADDRESSES = 100_000;
const MINUTE = 60_000;

/** Tells how many seconds an address has to wait, 0 where it may go on. Nothing is kept but in memory. */
export type RateLimit = (address: string) => number;

/**
 * Lets each address make `perMinute` requests at once and gives them back evenly over a minute; 0 limits nobody.
 * @param now milliseconds on any clock that only goes forward.
 */
export function rateLimit(perMinute: number, now: () => number): RateLimit {
  if (perMinute === 0) return () => 0;
  const interval = MINUTE / perMinute;
  /** By address, when all of its requests will have been given back. */
  const full = new Map<string, number>();

  return (address) => {
    const who = network(address);
    const time = now();
    const next = Math.max(full.get(who) ?? 0, time) + interval;
    const excess = next - time - MINUTE;
    // Less than a millisecond is rounding.
    if (excess >= 1) return Math.ceil(excess / 1000);
    full.delete(who);
    full.set(who, next);
    if (full.size > MOST_ADDRESSES) full.delete(full.keys().next().value ?? '');
    return 0;
  };
}

/** An IPv6 address stands for its network of 64 bits: whoever has one address there has all of them. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  return [...groups, ...Array(8 - groups.length - rest.length).fill('0'), ...rest].slice(0, 4).join(':');
}
