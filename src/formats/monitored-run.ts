import { UsageError } from '../model/errors.ts';
import type { Monitored } from '../model/monitored.ts';
import type { Run } from '../model/run.ts';

/** What CloudWatch has, as rules look at it: an endpoint by its metrics, a job by its samples. */
export function monitoredRun(monitored: Monitored): Run {
  if (monitored.subject.kind === 'endpoint') return { kind: 'endpoint', monitored };
  throw new UsageError(`the samples of a ${monitored.subject.kind} cannot be read yet.`);
}
