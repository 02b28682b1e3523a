import type { CloudWatchLogsClient, FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { isError } from '../logs/errors.ts';
import { grepOf } from '../logs/grep.ts';
import { lineMasker } from '../logs/mask-lines.ts';
import { cleanMessage } from '../logs/message.ts';
import type { Spike } from '../logs/spikes.ts';
import type { LogLine, Logs, Subject } from '../model/monitored.ts';
import type { Damage } from '../model/run.ts';
import { count } from '../model/text.ts';
import type { AwsRequest } from '../stores/aws-errors.ts';
import { ERROR_WORDS, filterOf, logEvents } from './log-events.ts';
import { type LogPlace, logPlace } from './log-place.ts';

/** Lines kept of errors, of what people look for, and around one spike. */
const MOST_LINES = 10_000;
const MOST_AROUND = 500;
/** Looked at around one spike, from its beginning on; of these the nearest are kept. */
const MOST_LOOKED_AT = 5_000;
/** Seconds before and after the period of a spike; of a long period only the beginning. */
const AROUND_SECONDS = 60;
const LONGEST_PERIOD_SECONDS = 600;

export interface LogsAsked {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Of an endpoint: only this variant. */
  readonly variant?: string;
  /** A regular expression or plain text: lines that match are kept as well. Throws a UsageError for a bad one. */
  readonly grep?: string;
  /** All lines around these moments are kept as well: `spikesOf`. */
  readonly spikes?: readonly Spike[];
}

/** Where what is refused or missing is noted, so that the report goes on without it. */
interface Tolerates {
  ask<T>(request: AwsRequest, lost: string, ask: () => Promise<T>): Promise<T | undefined>;
  note(kind: Damage['kind'], detail: string): void;
}

/**
 * Lines of the log of a job, an endpoint or a notebook instance that look like errors, those that people look for, and all around spikes; each once, in order of time.
 * Secrets are masked at once: nothing unmasked is kept.
 */
export async function fetchLogs(
  client: Pick<CloudWatchLogsClient, 'send'>,
  { kind, name }: { readonly kind: Subject['kind'] | 'notebook instance'; readonly name: string },
  { startSeconds, endSeconds, variant, grep, spikes = [] }: LogsAsked,
  tolerance: Tolerates,
): Promise<Logs> {
  const place = logPlace(kind, name, variant);
  const matches = grep === undefined ? undefined : grepOf(grep);
  const request = { action: 'logs:FilterLogEvents', verb: 'read', resource: `log group ${place.group}` };
  const kept = new Map<string, LogLine>();
  const span = { startSeconds, endSeconds };
  const found = await tolerance.ask(request, 'The report has no log lines.', () =>
    untilMissing(async () => {
      // The lines around a spike first: of lines at the same moment these are all there, in their order.
      for (const spike of spikes) await keepAround(client, place, spike, kept);
      const leftOut = await keepMatching(client, place, { ...span, filterPattern: ERROR_WORDS }, isError, kept, tolerance);
      if (matches) {
        const beyond = await keepMatching(
          client,
          place,
          { ...span, filterPattern: filterOf(grep ?? '') },
          matches,
          kept,
          tolerance,
        );
        if (beyond > 0)
          tolerance.note('left out', `${count(beyond)} more log lines match than are kept: ask for a shorter time.`);
      }
      return leftOut;
    }),
  );
  if (found === 'missing')
    tolerance.note('no data', `There is no log group ${place.group}: nothing was logged, or it was deleted.`);
  if (found === undefined || found === 'missing') return { lines: [], leftOut: 0, ...(grep === undefined ? {} : { grep }) };
  const lines = [...kept.values()].sort((a, b) => a.seconds - b.seconds).map(lineMasker());
  return { group: place.group, lines, leftOut: found, ...(grep === undefined ? {} : { grep }) };
}

async function untilMissing<T>(ask: () => Promise<T>): Promise<T | 'missing'> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return 'missing';
    throw error;
  }
}

/** Keeps up to MOST_LINES that match, and counts those beyond. */
async function keepMatching(
  client: Pick<CloudWatchLogsClient, 'send'>,
  place: LogPlace,
  wanted: Parameters<typeof logEvents>[2],
  matches: (message: string) => boolean,
  kept: Map<string, LogLine>,
  tolerance: Tolerates,
): Promise<number> {
  const lineOf = eventReader();
  let matching = 0;
  let beyond = 0;
  for await (const { events, isCut } of logEvents(client, place, wanted)) {
    for (const [id, line] of events.map(lineOf)) {
      if (!matches(line.message)) continue;
      if (matching++ < MOST_LINES) kept.set(id, line);
      else if (!kept.has(id)) beyond++;
    }
    const until = events.at(-1)?.timestamp;
    if (isCut)
      tolerance.note(
        'left out',
        `The log is too long to be looked at as a whole${until === undefined ? '' : `: what was logged after ${new Date(until).toISOString()} is missing`}. Ask for a shorter time.`,
      );
  }
  return beyond;
}

/** Keeps the lines nearest to a spike, in their order. */
async function keepAround(
  client: Pick<CloudWatchLogsClient, 'send'>,
  place: LogPlace,
  { startSeconds, periodSeconds }: Spike,
  kept: Map<string, LogLine>,
): Promise<void> {
  const period = Math.min(periodSeconds, LONGEST_PERIOD_SECONDS);
  const span = { startSeconds: startSeconds - AROUND_SECONDS, endSeconds: startSeconds + period + AROUND_SECONDS };
  const lineOf = eventReader();
  const found: (readonly [string, LogLine])[] = [];
  for await (const { events } of logEvents(client, place, { ...span, limit: MOST_LOOKED_AT })) {
    found.push(...events.map(lineOf));
    if (found.length >= MOST_LOOKED_AT) break;
  }
  const middle = startSeconds + period / 2;
  const distances = found.map(([, { seconds }]) => Math.abs(seconds - middle)).sort((a, b) => a - b);
  const farthest = distances[MOST_AROUND - 1] ?? Number.POSITIVE_INFINITY;
  for (const [id, line] of found) if (Math.abs(line.seconds - middle) <= farthest) kept.set(id, line);
}

/** For events in order of time: the line of each with its id; one without an id is known by what it says. */
function eventReader(): (event: FilteredLogEvent) => readonly [string, LogLine] {
  const mask = lineMasker();
  return ({ eventId, timestamp = 0, logStreamName = '', message = '' }) => {
    const line = mask({ seconds: timestamp / 1000, stream: logStreamName, message: cleanMessage(message) });
    return [eventId ?? `${timestamp} ${line.stream} ${line.message}`, line];
  };
}
