import type { Damage } from '../../model/run.ts';
import { count, plural } from '../../model/text.ts';

/** What was tolerated in one file, counted. */
export class Tolerated {
  /** Objects that are no JSON, and where the first of them went wrong: bytes from the start of the file, from 0. */
  bad = 0;
  badAt = 0;
  /** True where the file ends within an object, or within its compressed bytes. */
  isCut = false;
  /** True where the list of events is never closed. */
  isOpen = false;
  incomplete = 0;
  negative = 0;
  /** Times that no clock shows: beyond the year 2255. */
  timeless = 0;
  tooLong = 0;
  neverBegun = 0;

  damage(file: string, node: string): Damage[] {
    const told: Damage[] = [];
    const tell = (kind: Damage['kind'], count: number, detail: string) => {
      if (count > 0) told.push({ kind, file, node, count, detail });
    };
    const are = (value: number) => (value === 1 ? 'is' : 'are');
    const objects = plural(this.bad, 'object');
    tell('bad lines', this.bad, `${objects} ${are(this.bad)} no JSON and left out; the first at byte ${count(this.badAt)}.`);
    tell('cut tail', this.isCut ? 1 : 0, 'The file is cut off within its last event; what stands before was read.');
    const open = this.isOpen && !this.isCut;
    tell(
      'cut tail',
      open ? 1 : 0,
      'The list of events has no end, as when a writer was stopped; all events that are there were read.',
    );
    const left = (value: number, why: string) => tell('events left out', value, `${plural(value, 'event')} left out: ${why}.`);
    left(this.incomplete, 'without name, ts, pid or, where one is needed, dur');
    left(this.negative, 'the length is negative');
    left(this.timeless, 'the time is none that a clock shows');
    left(this.tooLong, 'longer than the job, which is a fault of the writer');
    left(this.neverBegun, 'an end without a beginning');
    return told;
  }
}
