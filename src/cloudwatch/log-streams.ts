import {
  type CloudWatchLogsClient,
  type LogStream,
  paginateDescribeLogStreams,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Subject } from '../model/monitored.ts';
import { logPlace } from './log-place.ts';
import type { Tolerance } from './tolerance.ts';

/** Pages of 50 streams that are looked through. */
const MOST_PAGES = 20;

/** What the names and times of log streams tell of what a job or an endpoint ran on. */
export interface Streamed {
  /** As CloudWatch's metrics name them. */
  readonly hosts: readonly string[];
  /** Variants of an endpoint with their containers, as far as the streams name them. */
  readonly containers: ReadonlyMap<string, readonly string[]>;
  /** Of the first and the last line. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}

/** Looks through the log streams of a job or endpoint; nothing where there are none, or where it is not allowed. */
export async function describeStreams(
  client: CloudWatchLogsClient,
  subject: Pick<Subject, 'kind' | 'name'>,
  sinceSeconds: number,
  tolerance: Tolerance,
): Promise<Streamed> {
  const { group, streamPrefix } = logPlace(subject.kind, subject.name);
  const request = { action: 'logs:DescribeLogStreams', verb: 'list', resource: `the log streams of ${group}` };
  const order =
    subject.kind === 'endpoint'
      ? ({ orderBy: 'LastEventTime', descending: true } as const)
      : { logStreamNamePrefix: streamPrefix };
  const streams = await tolerance.ask(
    request,
    'Instances of which CloudWatch lists no metrics any more are not found.',
    async () => {
      const found: LogStream[] = [];
      let pages = 0;
      try {
        const wanted = { logGroupName: group, ...order };
        for await (const { logStreams = [], nextToken } of paginateDescribeLogStreams({ client }, wanted)) {
          found.push(...logStreams);
          if (subject.kind === 'endpoint' && isBefore(logStreams.at(-1), sinceSeconds)) break;
          if (++pages < MOST_PAGES) continue;
          if (nextToken !== undefined)
            tolerance.note('left out', `${group} has more log streams than are looked through for instances.`);
          break;
        }
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
      return found;
    },
  );
  return streamedOf(
    (streams ?? []).filter((stream) => subject.kind !== 'endpoint' || !isBefore(stream, sinceSeconds)),
    subject,
  );
}

/** The time of the last event comes late: up to an hour after it. */
function isBefore(stream: LogStream | undefined, seconds: number): boolean {
  return stream?.lastEventTimestamp !== undefined && stream.lastEventTimestamp / 1000 < seconds - 3600;
}

/** `<job>/algo-<n>-<epoch>`, `<job>/<instance>-<epoch>`, `<variant>/<instance>` and `<variant>/<instance>/<container>`. */
export function streamedOf(streams: readonly LogStream[], { kind, name }: Pick<Subject, 'kind' | 'name'>): Streamed {
  const hosts = new Set<string>();
  const containers = new Map<string, Set<string>>();
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { logStreamName = '', firstEventTimestamp, lastEventTimestamp } of streams) {
    const [first = '', second, third] = logStreamName.split('/');
    if (!second || !NAMES.test(logStreamName) || (kind !== 'endpoint' && first !== name)) continue;
    if (kind === 'endpoint') {
      hosts.add(`${name}/${first}/${second}`);
      const ofVariant = containers.get(first) ?? new Set();
      containers.set(first, third && third !== DATA_LOG ? ofVariant.add(third) : ofVariant);
    } else hosts.add(`${name}/${second.replace(/-\d{9,}$/, '')}`);
    if (firstEventTimestamp !== undefined) starts.push(firstEventTimestamp / 1000);
    if (lastEventTimestamp !== undefined) ends.push(lastEventTimestamp / 1000);
  }
  return {
    hosts: [...hosts],
    containers: new Map([...containers].map(([variant, names]) => [variant, [...names].sort()])),
    ...(starts.length > 0 && ends.length > 0 ? { startSeconds: Math.min(...starts), endSeconds: Math.max(...ends) } : {}),
  };
}

/** What CloudWatch takes as the value of a dimension; anyone may call a stream anything. */
const NAMES = /^[!-~]+$/;

/** The stream beside an instance's own in which SageMaker tells of the requests' data, not of a container. */
const DATA_LOG = 'data-log';
