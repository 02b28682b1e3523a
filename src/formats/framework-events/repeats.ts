import type { FrameworkEvents } from '../../model/framework-events.ts';
import type { Damage } from '../../model/run.ts';
import { plural } from '../../model/text.ts';

type Columns = Omit<FrameworkEvents, 'isRepeat'>;

/** Finds events whose worker, phase, name, start, duration, pid and tid came before. */
export function findRepeats(events: Columns): Pick<FrameworkEvents, 'isRepeat'> & { readonly damage: Damage[] } {
  const { worker, workers } = events;
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
  return { isRepeat: repeats.size === 0 ? () => false : (event) => repeats.has(event), damage };
}

/** Events that may be repeats: all others have hashes of their own in some of their bits, then in others. */
function suspects(hashes: Uint32Array): readonly number[] {
  return sharing(hashes, 16, sharing(hashes, 0));
}

/** Of the events, or of all, those whose rotated hash begins with the same bits as that of another. */
function sharing(hashes: Uint32Array, rotation: number, events?: readonly number[]): number[] {
  const { length } = events ?? hashes;
  const shift = 29 - Math.min(29, Math.ceil(Math.log2(length + 1)));
  const once = new Uint8Array(2 ** (29 - shift) + 1);
  const twice = new Uint8Array(once.length);
  for (let i = 0; i < length; i++) {
    const hash = hashes[events ? (events[i] as number) : i] as number;
    const bit = ((hash << rotation) | (hash >>> (32 - rotation))) >>> shift;
    const [place, mask] = [bit >>> 3, 1 << (bit & 7)];
    const bits = (once[place] as number) & mask ? twice : once;
    bits[place] = (bits[place] as number) | mask;
  }
  const found: number[] = [];
  for (let i = 0; i < length; i++) {
    const event = events ? (events[i] as number) : i;
    const hash = hashes[event] as number;
    const bit = ((hash << rotation) | (hash >>> (32 - rotation))) >>> shift;
    if (((twice[bit >>> 3] as number) >> (bit & 7)) & 1) found.push(event);
  }
  return found;
}

function hashesOf({ count, startMicros, durationMicros, name, worker, phase, tid }: Columns): Uint32Array {
  const starts = new Uint32Array(startMicros.buffer);
  const durations = new Uint32Array(durationMicros.buffer);
  const hashes = new Uint32Array(count);
  for (let event = 0; event < count; event++) {
    let hash = Math.imul((starts[2 * event] as number) ^ 0x9e3779b9, 0x85ebca6b) ^ (starts[2 * event + 1] as number);
    hash = Math.imul(hash ^ (hash >>> 15) ^ (durations[2 * event + 1] as number), 0xc2b2ae35) ^ (durations[2 * event] as number);
    hash = Math.imul(hash ^ (hash >>> 13) ^ (name[event] as number), 0x27d4eb2f);
    // Lanes that do the same at once are many, and no repeats.
    const lane = ((worker[event] as number) << 20) ^ ((phase[event] as number) << 10) ^ (tid[event] as number);
    hash = Math.imul(hash ^ (hash >>> 14) ^ lane, 0x165667b1);
    hashes[event] = hash ^ (hash >>> 16);
  }
  return hashes;
}

function isSame(events: Columns, a: number, b: number): boolean {
  const { worker, phase, name, startMicros, durationMicros, pid, tid } = events;
  return [startMicros, durationMicros, name, phase, worker, pid, tid].every((column) => column[a] === column[b]);
}
