import { type Asked, checkAsked } from '../cloudwatch/asked.ts';
import { KEPT_DAYS } from '../cloudwatch/period.ts';
import { grepOf } from '../logs/grep.ts';
import { UsageError } from '../model/errors.ts';
import type { SubjectKind } from '../model/monitored.ts';
import { utc } from '../model/text.ts';
import { lengthOf, moment } from './moment.ts';

/** Options that say what of a job or endpoint to look at, as they are written. */
export interface MonitoredOptions {
  readonly variant?: string;
  readonly start?: string;
  readonly end?: string;
  readonly last?: string;
  readonly region?: string;
  readonly logs: boolean;
  readonly grep?: string;
  readonly from?: readonly string[];
  readonly instanceType?: string;
  readonly instanceCount?: number;
  readonly watch?: string;
  readonly json?: boolean;
}

/** Each look costs requests, and CloudWatch has nothing new of SageMaker more often than once a minute. */
const LEAST_WATCH_SECONDS = 10;

/** Throws a UsageError where options cannot be read, exclude each other, or name a time of which nothing can be there. */
export function askedOf(kind: SubjectKind, name: string, options: MonitoredOptions, nowSeconds: number): Asked {
  const { variant, logs, grep } = options;
  const asked = {
    kind,
    name,
    ...(variant === undefined ? {} : { variant }),
    ...spanOf(options, nowSeconds),
    logs,
    ...(grep === undefined ? {} : { grep }),
  };
  checkTogether(options);
  if (grep !== undefined) grepOf(grep);
  checkAsked(asked);
  return asked;
}

/** How long to wait between two looks; undefined where one is enough. */
export function watchSeconds({ watch }: MonitoredOptions): number | undefined {
  if (watch === undefined) return undefined;
  const seconds = lengthOf('--watch', watch);
  if (seconds >= LEAST_WATCH_SECONDS) return seconds;
  throw new UsageError(
    `--watch ${watch} is too often: ${LEAST_WATCH_SECONDS}s is the least, and CloudWatch has one value a minute.`,
  );
}

function checkTogether({ from, watch, end, json, logs, grep, instanceType, instanceCount }: MonitoredOptions): void {
  if (from !== undefined && watch !== undefined) throw new UsageError('--watch asks AWS again and again: leave --from out.');
  if (end !== undefined && watch !== undefined) throw new UsageError('--watch looks at what comes: leave --end out.');
  if (json && watch !== undefined) throw new UsageError('--watch prints a line each time: leave --json out.');
  if (grep !== undefined && !logs) throw new UsageError('--grep looks for lines of logs: leave --no-logs out.');
  if (instanceType !== undefined && !/^ml\./.test(instanceType))
    throw new UsageError(`--instance-type ${instanceType}: SageMaker's begin with "ml.", such as ml.c5.xlarge.`);
  for (const [option, given] of Object.entries({ '--instance-type': instanceType, '--instance-count': instanceCount }))
    if (given !== undefined && from === undefined)
      throw new UsageError(`${option} is for files: SageMaker tells it. Leave it out, or name a file with --from.`);
}

/** `--last` alone counts back from now, of files from the end of what they hold: that is left to who reads them. */
function spanOf({ start, end, last, from }: MonitoredOptions, nowSeconds: number): Pick<Asked, 'startSeconds' | 'endSeconds'> {
  if (last !== undefined && start !== undefined)
    throw new UsageError('--last tells by itself where to begin: leave --start out.');
  const endSeconds = end === undefined ? undefined : moment('--end', end);
  const until = endSeconds ?? (from ? undefined : nowSeconds);
  const begun = start === undefined ? undefined : moment('--start', start);
  const length = last === undefined ? undefined : lengthOf('--last', last);
  const startSeconds = length === undefined || until === undefined ? begun : until - length;
  if (from === undefined) checkKept({ startSeconds, endSeconds }, nowSeconds);
  return {
    ...(startSeconds === undefined ? {} : { startSeconds }),
    ...(endSeconds === undefined ? {} : { endSeconds }),
  };
}

function checkKept(span: Readonly<Record<string, number | undefined>>, nowSeconds: number): void {
  const { startSeconds, endSeconds } = span;
  for (const [option, seconds] of Object.entries({ '--start': startSeconds, '--end': endSeconds }))
    if (seconds !== undefined && seconds > nowSeconds)
      throw new UsageError(
        `${option}: ${utc(seconds)} is in the future, it is ${utc(nowSeconds)}: leave it out, or check its zone.`,
      );
  const oldest = nowSeconds - KEPT_DAYS * 86_400;
  for (const [option, seconds] of Object.entries({ 'the start': startSeconds, '--end': endSeconds }))
    if (seconds !== undefined && seconds < oldest)
      throw new UsageError(
        `${option}, ${utc(seconds)}, is older than the 15 months that CloudWatch keeps: nothing before ${utc(oldest)} is there.`,
      );
}
