import type { LoggedOpen } from './ledger.ts';
import { readEvent } from './read-event.ts';

/** What a line of an S3 server access log tells. */
export type LogLine =
  | { readonly kind: 'open'; readonly open: LoggedOpen }
  /** A request that is no beacon. */
  | { readonly kind: 'other' }
  /** `refused`: names a parameter of a beacon, but is not the declared event. `damaged`: no line of such a log. */
  | { readonly kind: 'refused' | 'damaged'; readonly problem: string };

/**
 * Owner, bucket, [time], address, requester, request id, operation, key, "request", status, error, bytes sent, size. What follows differs
 * by the age of the log, and holds texts of the client with whatever quotes these have: it is not read. Neither address nor requester
 * is taken.
 */
const RECORD = /^\S+ \S+ \[([^\]]+)\] \S+ \S+ (\S+) \S+ \S+ (?:"(.*?)"|-) (?:\d{3}|-) \S+ (?:\d+|-) (?:\d+|-) /;
const QUERY_OF_GET = /^GET [^ ?]*\?(\S*) HTTP\/[\d.]+$/;
const TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads one line, without its end. The status is not asked for: whatever the bucket answered, the report was opened. */
export function readLogLine(line: string): LogLine {
  const [, time = '', requestId = '', request = ''] = RECORD.exec(line) ?? [];
  if (time === '') return { kind: 'damaged', problem: 'not a line of an S3 server access log' };
  const query = QUERY_OF_GET.exec(request)?.[1] ?? '';
  const names = new URLSearchParams(query);
  if (!names.has('x-artifact-id') && !names.has('x-arn')) return { kind: 'other' };

  const read = readEvent(query);
  if ('problem' in read) return { kind: 'refused', problem: read.problem };
  const receivedAt = readTime(time);
  if (Number.isNaN(receivedAt)) return { kind: 'damaged', problem: 'its time cannot be read' };
  if (!/^\w+$/.test(requestId)) return { kind: 'damaged', problem: 'it has no request id, and cannot be counted only once' };
  const { 'x-artifact-id': artifactId, 'x-arn': arn } = read.event;
  return { kind: 'open', open: { receivedAt, requestId, artifactId, arn } };
}

/** `06/Feb/2019:00:00:38 +0000` in milliseconds since the epoch; NaN where it is none. */
function readTime(text: string): number {
  const [, day, month = '', year, clock, zoneHours, zoneMinutes] = TIME.exec(text) ?? [];
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  // Date.parse takes 31 February for 3 March.
  const exists = Number(day) <= new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return exists ? Date.parse(`${year}-${number}-${day}T${clock}${zoneHours}:${zoneMinutes}`) : Number.NaN;
}
