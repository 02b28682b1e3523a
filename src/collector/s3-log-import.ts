import type { Store } from '../model/store.ts';
import type { Ledger, LoggedOpen } from './ledger.ts';
import { type LogLine, readLogLine } from './s3-log.ts';
import { linesOf, readObjects } from './s3-log-read.ts';

/** Opens given to the ledger at once. */
const OPENS = 1000;
/** Lines told in full. */
const MOST_PROBLEMS = 5;

/** How many of what a log holds; every line that is not empty is counted once. */
export interface LogImport {
  objects: number;
  /** Objects that are gzip, and therefore no logs of S3. */
  compressed: number;
  /** Opens that were not counted before, and ones that were. */
  added: number;
  known: number;
  /** Opens from before the time to import. */
  old: number;
  other: number;
  refused: number;
  damaged: number;
  /** Where the first objects and lines not read stand, and why. */
  readonly problems: string[];
}

/** What to import: opens of this time, milliseconds since the epoch; one from later is damaged. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Counts the opens told by the S3 server access logs below a place, each request once, however often it is told or imported. What was
 * counted when it fails stays counted; the next run goes on from there. The ledger is called as soon as a line of a log was read, and
 * not before. Rejects with a UsageError where an object cannot be read.
 */
export async function importLogs(store: Store, ledger: Pick<Ledger, 'addLogged'>, span: Span): Promise<LogImport> {
  const counts = { objects: 0, compressed: 0, added: 0, known: 0, old: 0, other: 0, refused: 0, damaged: 0 };
  const counted: LogImport = { ...counts, problems: [] };
  let opens: LoggedOpen[] = [];
  let isLog = false;
  const flush = async () => {
    const added = await ledger.addLogged(opens);
    counted.added += added;
    counted.known += opens.length - added;
    opens = [];
  };
  for await (const { path, bytes } of readObjects(store)) {
    counted.objects++;
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      counted.compressed++;
      tell(counted, path, 'compressed, as no S3 server access log is: unpack it if it holds some');
      continue;
    }
    for (const { number, text } of linesOf(bytes)) {
      const read = inTime(readLogLine(text), span);
      if (read.kind !== 'damaged' && !isLog) {
        isLog = true;
        await flush();
      }
      if (read.kind === 'open') {
        if (opens.push(read.open) === OPENS) await flush();
        continue;
      }
      counted[read.kind]++;
      if ('problem' in read) tell(counted, `${path}:${number}`, read.problem);
    }
  }
  if (opens.length > 0) await flush();
  return counted;
}

function tell({ problems }: LogImport, where: string, problem: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push(`${where}: ${problem}`);
}

function inTime(read: LogLine, { from, to }: Span): LogLine | { readonly kind: 'old' } {
  if (read.kind !== 'open') return read;
  if (read.open.receivedAt > to) return { kind: 'damaged', problem: 'its time lies in the future' };
  return read.open.receivedAt < from ? { kind: 'old' } : read;
}
