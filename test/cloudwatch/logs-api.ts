import { filterPattern } from './filter-pattern.ts';
import { pageOf, Refused } from './refused.ts';

export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Events in order of time, by group and stream. */
export type LogGroups = Readonly<Record<string, Readonly<Record<string, readonly LogEvent[]>>>>;

export interface LogsSettings {
  readonly logs: LogGroups;
  /** Events that one call looks through; CloudWatch has 10,000, or a megabyte. */
  readonly eventsPerPage?: number;
}

interface Input {
  readonly logGroupName?: string;
  readonly logGroupNamePrefix?: string;
  readonly logStreamName?: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: string;
  readonly descending?: boolean;
  readonly filterPattern?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly startFromHead?: boolean;
  readonly limit?: number;
  readonly nextToken?: string;
}

const NO_GROUP = new Refused('ResourceNotFoundException', 'The specified log group does not exist.');
const NO_STREAM = new Refused('ResourceNotFoundException', 'The specified log stream does not exist.');
const BAD_TOKEN = new Refused('InvalidParameterException', 'The specified nextToken is invalid.');

/** Groups, streams and lines of logs as CloudWatch Logs gives them. */
export function logsApi({ logs, eventsPerPage = 10_000 }: LogsSettings) {
  const groupOf = ({ logGroupName = '' }: Input) => (Object.hasOwn(logs, logGroupName) && logs[logGroupName]) || raise(NO_GROUP);
  return {
    DescribeLogGroups({ logGroupNamePrefix = '', limit = 50, nextToken }: Input) {
      const names = Object.keys(logs).filter((name) => name.startsWith(logGroupNamePrefix));
      const { page, next } = pageOf(names.sort(), limit, nextToken, BAD_TOKEN);
      return { logGroups: page.map((logGroupName) => ({ logGroupName })), ...(next ? { nextToken: next } : {}) };
    },

    DescribeLogStreams(input: Input) {
      const { logStreamNamePrefix = '', orderBy, descending = false, limit = 50, nextToken } = input;
      if (limit > 50)
        invalid(`Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50`);
      const byTime = orderBy === 'LastEventTime';
      if (byTime && logStreamNamePrefix !== '') invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      const streams = Object.entries(groupOf(input))
        .filter(([name]) => name.startsWith(logStreamNamePrefix))
        .map(([logStreamName, events]) => ({
          logStreamName,
          firstEventTimestamp: events[0]?.timestamp,
          lastEventTimestamp: events.at(-1)?.timestamp,
        }))
        .sort((a, b) =>
          byTime ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0) : a.logStreamName < b.logStreamName ? -1 : 1,
        );
      const { page, next } = pageOf(descending ? streams.reverse() : streams, limit, nextToken, BAD_TOKEN);
      return { logStreams: page, ...(next ? { nextToken: next } : {}) };
    },

    /** A page is what was looked through, so it may be empty and still have a next one. */
    FilterLogEvents(input: Input) {
      const { logStreamNames, logStreamNamePrefix, nextToken, limit = 10_000 } = input;
      const group = groupOf(input);
      if (logStreamNames && logStreamNamePrefix) invalid('logStreamNames and logStreamNamePrefix exclude each other.');
      if ((logStreamNames?.length ?? 0) > 100) invalid("'logStreamNames' must have length less than or equal to 100");
      if (logStreamNames?.some((name) => !Object.hasOwn(group, name))) throw NO_STREAM;
      const fits = filterPattern(input.filterPattern ?? '');
      const events = Object.entries(group)
        .filter(([name]) => logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix ?? ''))
        .flatMap(([logStreamName, stream], s) =>
          inSpan(
            // The same in every answer.
            stream.map((event, i) => ({
              ...event,
              eventId: `${event.timestamp}${s}${String(i).padStart(8, '0')}`.padStart(56, '3'),
            })),
            input,
          ).map((event) => ({ logStreamName, ingestionTime: event.timestamp + 900, ...event })),
        )
        .sort((a, b) => a.timestamp - b.timestamp);
      const { page, next } = pageOf(events, Math.min(limit, eventsPerPage), nextToken, BAD_TOKEN);
      return {
        events: page.filter(({ message }) => fits(message)),
        searchedLogStreams: [],
        ...(next ? { nextToken: next } : {}),
      };
    },

    /** Forward from the head, or backward from the tail; at the end the same token comes again. */
    GetLogEvents(input: Input) {
      const { logStreamName = '', startFromHead = false, limit = 10_000, nextToken } = input;
      const group = groupOf(input);
      const all = inSpan(Object.hasOwn(group, logStreamName) ? (group[logStreamName] ?? []) : raise(NO_STREAM), input);
      const size = Math.min(limit, eventsPerPage);
      const [, way = startFromHead ? 'f' : 'b', told] =
        /^([fb])\/(\d+)$/.exec(nextToken ?? '') ?? (nextToken ? raise(BAD_TOKEN) : []);
      const at = told === undefined ? (startFromHead ? 0 : all.length) : Number(told);
      const [from, until] = way === 'f' ? [at, at + size] : [Math.max(0, at - size), at];
      const events = all.slice(from, until).map((event) => ({ ...event, ingestionTime: event.timestamp + 900 }));
      return { events, nextForwardToken: `f/${from + events.length}`, nextBackwardToken: `b/${from}` };
    },
  };
}

/** From the start on, the end not included. */
function inSpan<Event extends LogEvent>(
  events: readonly Event[],
  { startTime = 0, endTime = Number.POSITIVE_INFINITY }: Input,
): Event[] {
  return events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
}

function invalid(message: string): never {
  throw new Refused('InvalidParameterException', message);
}

function raise(error: Error): never {
  throw error;
}
