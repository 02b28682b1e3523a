import type { SubjectKind } from '../model/monitored.ts';
import { instanceNamespace } from '../model/namespaces.ts';

/** Where SageMaker puts the log lines of something: a group, and the streams in it that are its own. */
export interface LogPlace {
  readonly group: string;
  /** Its streams begin so; absent where all of the group's are its own. */
  readonly streamPrefix?: string;
}

/**
 * Streams are `<job>/algo-<n>-<epoch>`, `<variant>/<instance>`, `<variant>/<instance>/<container>`; of a notebook instance's lifecycle
 * configuration `<notebook>/<hook>` (Amazon SageMaker AI, log groups and streams).
 */
export function logPlace(kind: SubjectKind | 'notebook instance', name: string, variant?: string): LogPlace {
  const top = kind === 'notebook instance' ? '/aws/sagemaker/NotebookInstances' : instanceNamespace(kind);
  if (kind !== 'endpoint') return { group: top, streamPrefix: `${name}/` };
  const group = `${top}/${name}`;
  return variant === undefined ? { group } : { group, streamPrefix: `${variant}/` };
}
