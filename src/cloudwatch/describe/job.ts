import type { Phase, SubjectKind } from '../../model/monitored.ts';
import { optional } from '../../model/optional.ts';
import { placeOf, type Shape, secondsOf } from './shape.ts';

/** What the three kinds of jobs have in common. */
interface Job {
  readonly kind: SubjectKind;
  readonly name: string | undefined;
  readonly arn: string | undefined;
  readonly status: string | undefined;
  readonly failureReason: string | undefined;
  /** Several where the job has groups of instances. */
  readonly instances: readonly { readonly type: string | undefined; readonly count: number | undefined }[];
  readonly created: Date | undefined;
  readonly started: Date | undefined;
  readonly ended: Date | undefined;
  readonly phases?: readonly Phase[];
}

/** A job with its span; the type of its instances only where all are of one. */
export function jobShape({
  kind,
  name = '',
  arn,
  status,
  failureReason,
  instances,
  created,
  started,
  ended,
  phases,
}: Job): Shape {
  const types = new Set(instances.map(({ type }) => type));
  const [type] = types;
  const counts = instances.flatMap(({ count }) => count ?? []);
  return {
    state: 'described',
    subject: {
      kind,
      name,
      ...placeOf(arn),
      ...optional('status', status),
      ...optional('failureReason', failureReason),
      ...optional('instanceType', types.size === 1 ? type : undefined),
      ...(counts.length > 0 ? { instanceCount: counts.reduce((sum, count) => sum + count, 0) } : {}),
      variants: [],
      phases: phases ?? running(secondsOf(started), secondsOf(ended)),
    },
    ...optional('startSeconds', secondsOf(created ?? started)),
    ...optional('endSeconds', secondsOf(ended)),
    modelled: new Set(),
  };
}

/** The one phase of a job without told transitions. */
function running(startSeconds: number | undefined, endSeconds: number | undefined): Phase[] {
  return startSeconds === undefined ? [] : [{ status: 'InProgress', startSeconds, ...optional('endSeconds', endSeconds) }];
}
