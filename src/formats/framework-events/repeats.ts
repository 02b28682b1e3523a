import type { FrameworkEvents } from '../../model/framework-events.ts';
import type { Damage } from '../../model/run.ts';
import { plural } from '../../model/text.ts';

type Columns = Omit<FrameworkEvents, 'isRepeat'>;

/** Finds events whose worker, phase, name, start, duration, pid and tid came before. */
export function findRepeats(events: Columns): Pick<FrameworkEvents, 'isRepeat'> & { readonly damage: Damage[] } {
  const { count, worker, workers } = events;
  const hashes = hashesOf(events);
  const repeats = new Set<number>();
  const first = new Map<number, number[]>();
  for (const event of suspects(hashes)) {
    const hash = hashes[event] as number;
    const seen = first.get(hash);
    if (seen === undefined) first.set(hash, [event]);
    else if (seen.some((other) => isSame(events, event, other))) repeats.add(event);
    else seen.push(event);
  }
  const counts = new Uint32Array(workers.length);
  for (const event of repeats) counts[worker[event] as number] = (counts[worker[event] as number] as number) + 1;
  const damage = workers.flatMap((node, i): Damage[] => {
    const number = counts[i] as number;
    const detail = `${plural(number, 'event')} of ${node} came before, equal in everything; counted once.`;
    return number === 0 ? [] : [{ kind: 'repeated rows', node, count: number, detail }];
  });
  return { isRepeat: (event) => event < count && repeats.has(event), damage };
}

/** Events that share a bit with another: nearly all others are let go for a bit each. */
function suspects(hashes: Uint32Array): Uint32Array {
  const shift = 32 - Math.min(32, Math.ceil(Math.log2(hashes.length + 1)) + 2);
  const once = new Uint8Array(2 ** (29 - shift) + 1);
  const twice = new Uint8Array(once.length);
  for (const hash of hashes) {
    const bit = hash >>> shift;
    const mask = 1 << (bit & 7);
    if ((once[bit >>> 3] as number) & mask) twice[bit >>> 3] = (twice[bit >>> 3] as number) | mask;
    else once[bit >>> 3] = (once[bit >>> 3] as number) | mask;
  }
  const isTwice = (hash: number) => (((twice[(hash >>> shift) >>> 3] as number) >> ((hash >>> shift) & 7)) & 1) === 1;
  const found: number[] = [];
  for (let event = 0; event < hashes.length; event++) if (isTwice(hashes[event] as number)) found.push(event);
  return Uint32Array.from(found);
}

function hashesOf({ count, startMicros, durationMicros, name }: Columns): Uint32Array {
  const starts = new Uint32Array(startMicros.buffer);
  const durations = new Uint32Array(durationMicros.buffer);
  const hashes = new Uint32Array(count);
  for (let event = 0; event < count; event++) {
    let hash = Math.imul((starts[2 * event] as number) ^ 0x9e3779b9, 0x85ebca6b) ^ (starts[2 * event + 1] as number);
    hash = Math.imul(hash ^ (hash >>> 15) ^ (durations[2 * event + 1] as number), 0xc2b2ae35) ^ (durations[2 * event] as number);
    hash = Math.imul(hash ^ (hash >>> 13) ^ (name[event] as number), 0x27d4eb2f);
    hashes[event] = hash ^ (hash >>> 16);
  }
  return hashes;
}

function isSame(events: Columns, a: number, b: number): boolean {
  const { worker, phase, name, startMicros, durationMicros, pid, tid } = events;
  return [startMicros, durationMicros, name, phase, worker, pid, tid].every((column) => column[a] === column[b]);
}
