import type { Subject, SubjectKind } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';

/** What SageMaker tells of a job or an endpoint. */
export interface Shape {
  /** `gone`: SageMaker has none of that name (any more); `not told`: it may not be asked. */
  readonly state: 'described' | 'gone' | 'not told';
  readonly subject: Subject;
  /** Of a job: when it was begun, and when it ended. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
  /** Names of variants whose model was looked at, so that their containers are known. */
  readonly modelled: ReadonlySet<string>;
}

/** Of a job or endpoint of which only the name is known. */
export function unknownShape(state: 'gone' | 'not told', kind: SubjectKind, name: string): Shape {
  return { state, subject: { kind, name, variants: [], phases: [] }, modelled: new Set() };
}

/** Account and region from `arn:aws:sagemaker:<region>:<account>:...`. */
export function placeOf(arn: string | undefined): Pick<Subject, 'accountId' | 'region'> {
  const [, region, accountId] = /^arn:[^:]+:[^:]+:([^:]+):(\d{12}):/.exec(arn ?? '') ?? [];
  return { ...optional('region', region), ...optional('accountId', accountId) };
}

/** Seconds since the epoch. */
export function secondsOf(date: Date | undefined): number | undefined {
  return date === undefined ? undefined : date.getTime() / 1000;
}

/** True where SageMaker says that it has nothing of that name: a ValidationException for most kinds. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^ResourceNotFound/.test(error.name)) return true;
  return error.name === 'ValidationException' && /not (be )?found|could not find/i.test(error.message);
}
