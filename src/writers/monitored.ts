import type { SubjectKind } from '../model/monitored.ts';
import type { Job } from '../model/report.ts';
import { visibleText } from '../model/text.ts';

/** `Endpoint`, `Training job`. */
export function kindTitle(kind: SubjectKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** That a job or endpoint failed, and why, for the top of every form of a report: `The processing job failed: AlgorithmError, exit code: 137`. */
export function failureText({ kind, status, failureReason }: Job): string | undefined {
  if (kind === undefined || (status !== 'Failed' && failureReason === undefined)) return undefined;
  return `The ${kind} failed: ${failureReason === undefined ? 'SageMaker tells no reason.' : visibleText(failureReason)}`;
}

/** What a report of a profiled job, and one of what CloudWatch has, is called. */
export function reportTitle({ kind }: Job): string {
  return kind === undefined ? 'Profiler report' : 'Monitoring report';
}
