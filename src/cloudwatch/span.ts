import { UsageError } from '../model/errors.ts';
import { utc } from '../model/text.ts';
import type { Asked } from './asked.ts';
import type { Shape } from './describe/shape.ts';
import type { Streamed } from './log-streams.ts';
import type { Span } from './period.ts';

/** Without more being known: what the console shows. */
export const LAST_SECONDS = 3 * 3600;
/** The last minute of a job is counted a little after its end. */
const AFTER_SECONDS = 120;

/** The time asked for; else of a job its own, as SageMaker or its log streams have it; else the last three hours. */
export function spanOf(asked: Asked, shape: Shape, streamed: Streamed, nowSeconds: number): Span {
  const told: Partial<Span> = asked.kind === 'endpoint' ? {} : shape.state === 'described' ? shape : streamed;
  // The minute that now is in is not over: it would look like a dip.
  const wholeMinutes = Math.max(Math.floor(nowSeconds / 60) * 60, (told.startSeconds ?? 0) + 60);
  const endSeconds = asked.endSeconds ?? (told.endSeconds === undefined ? wholeMinutes : told.endSeconds + AFTER_SECONDS);
  const startSeconds = asked.startSeconds ?? told.startSeconds ?? endSeconds - LAST_SECONDS;
  if (startSeconds >= endSeconds)
    throw new UsageError(
      asked.startSeconds === undefined
        ? `${asked.kind} ${asked.name} began at ${utc(startSeconds)}, after the end asked for: check --end.`
        : `${asked.kind} ${asked.name} was over at ${utc(endSeconds)}, before the start asked for: check --start.`,
    );
  return { startSeconds, endSeconds };
}
