import type { SubjectKind } from '../model/monitored.ts';
import type { Job } from '../model/report.ts';

/** `Endpoint`, `Training job`. */
export function kindTitle(kind: SubjectKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** What a report of a profiled job, and one of what CloudWatch has, is called. */
export function reportTitle({ kind }: Job): string {
  return kind === undefined ? 'Profiler report' : 'Monitoring report';
}
