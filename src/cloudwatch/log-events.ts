import { type CloudWatchLogsClient, type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogPlace } from './log-place.ts';

/** Answers of one question; each holds up to 10,000 events or 1 MB, or nothing (FilterLogEvents). */
const MOST_PAGES = 100;

interface Wanted {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** As CloudWatch Logs understands it; all events without it. */
  readonly filterPattern?: string | undefined;
  readonly limit?: number;
}

/** Events of a span in order of time, page by page. The last page tells whether there would be more than MOST_PAGES. */
export async function* logEvents(
  client: Pick<CloudWatchLogsClient, 'send'>,
  { group, streamPrefix }: LogPlace,
  { startSeconds, endSeconds, filterPattern, limit }: Wanted,
): AsyncGenerator<{ readonly events: readonly FilteredLogEvent[]; readonly isCut: boolean }> {
  let nextToken: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        logStreamNamePrefix: streamPrefix,
        startTime: Math.floor(startSeconds * 1000),
        endTime: Math.ceil(endSeconds * 1000),
        filterPattern,
        limit,
        nextToken,
      }),
    );
    nextToken = answer.nextToken;
    yield { events: answer.events ?? [], isCut: nextToken !== undefined && page === MOST_PAGES };
    if (nextToken === undefined) return;
  }
}

/** The same in capitals and small letters: `[Ee][Rr][Rr]`. */
function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

/**
 * Words of which a line holds at least one where `isError` takes it. Between percent signs it is a regular expression, and those find a
 * word within another (CloudWatch Logs, filter pattern syntax): blanks stand there as `\s`, parentheses are not understood, and 1,024
 * characters are the most.
 */
export const ERROR_WORDS = `%${[
  ...['err', 'xcept', 'fatal', 'crit', 'sever', 'panic', 'alert', 'emerg', 'fail', 'abort', 'kill', 'exit'].map(anyCase),
  `${anyCase('timed')}\\s${anyCase('out')}`,
  `${anyCase('return')}\\w*\\s[A-Za-z]`,
  // Levels as numbers.
  `${anyCase('l')}\\w*${anyCase('l')}\\w*\\"\\s*:\\s*\\"?[5-9][0-9]`,
  '[EF][0-9]{4}\\s',
  'Traceback',
  'Caused\\sby',
  'SIG[ASK]',
  'OOM',
  'oom_reaper',
  '[Oo]ut\\sof\\smemory',
  'OutOfMemory',
  'Cannot\\sallocate',
  'Segmentation',
  'dumped',
  'NCCL\\sWARN',
  '\\s5[0-9][0-9]\\s',
].join('|')}%`;

/** The same for what people look for, where CloudWatch would understand it as they mean it; undefined where all lines must be looked at. */
export function filterOf(grep: string): string | undefined {
  return /^[\w#=@/;,: -]+$/.test(grep) ? `%${grep.replaceAll(' ', '\\s')}%` : undefined;
}
