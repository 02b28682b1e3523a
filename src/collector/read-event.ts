import type { ReportOpened } from '../beacon/payload.ts';
import { isProcessingJobArn } from '../model/arn.ts';
import { visibleName } from '../model/text.ts';

/** Longest query of an event, in characters; a declared event has less than 300. */
const MOST_CHARACTERS = 2048;

const ARTIFACT = /^profiler-report\/(0|[1-9]\d{0,3})$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** What is wrong with each field of an event, if anything; these are all fields there are. */
type Fields<Event> = Readonly<Record<keyof Event, (value: string) => string | undefined>>;

const REPORT_OPENED: Fields<ReportOpened> = {
  'x-artifact-id': (value) => (ARTIFACT.test(value) ? undefined : 'is not profiler-report/<major version>'),
  'x-arn': (value) =>
    isProcessingJobArn(value) || SHA256.test(value)
      ? undefined
      : 'is neither the ARN of a processing job nor a SHA-256 in lower-case hexadecimal digits',
};

type Read<Event> = { readonly event: Event } | { readonly problem: string };

/** Reads the query of a request (without `?`) as the one declared event, see src/beacon/payload.ts; anything else is a problem, told as one clause. */
export function readEvent(query: string): Read<ReportOpened> {
  return readFields(query, REPORT_OPENED);
}

function readFields<Event>(query: string, fields: Fields<Event>): Read<Event> {
  if (query.length > MOST_CHARACTERS) return { problem: `the query is longer than ${MOST_CHARACTERS} characters` };
  const given = new URLSearchParams(query);
  for (const name of given.keys()) {
    if (!Object.hasOwn(fields, name)) return { problem: `there is no parameter ${JSON.stringify(visibleName(name))}` };
  }
  for (const [name, wrong] of Object.entries<Fields<Event>[keyof Event]>(fields)) {
    const [value, ...more] = given.getAll(name);
    if (value === undefined) return { problem: `${name} is missing` };
    if (more.length > 0) return { problem: `${name} is given more than once` };
    const problem = wrong(value);
    if (problem !== undefined) return { problem: `${name} ${problem}` };
  }
  return { event: Object.fromEntries(given) as unknown as Event };
}
