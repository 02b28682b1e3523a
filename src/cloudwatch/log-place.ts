import type { SubjectKind } from '../model/monitored.ts';

/** Where SageMaker puts the log lines of something: a group, and the streams in it that are its own. */
export interface LogPlace {
  readonly group: string;
  /** Its streams begin so; absent where all of the group's are its own. */
  readonly streamPrefix?: string;
}

const GROUPS: Readonly<Record<Exclude<SubjectKind, 'endpoint'> | 'notebook instance', string>> = {
  'training job': '/aws/sagemaker/TrainingJobs',
  'transform job': '/aws/sagemaker/TransformJobs',
  'processing job': '/aws/sagemaker/ProcessingJobs',
  'notebook instance': '/aws/sagemaker/NotebookInstances',
};

/**
 * Streams are `<job>/algo-<n>-<epoch>`, `<variant>/<instance>`, `<variant>/<instance>/<container>`; of a notebook instance's lifecycle
 * configuration `<notebook>/<hook>` (Amazon SageMaker AI, log groups and streams).
 */
export function logPlace(kind: SubjectKind | 'notebook instance', name: string, variant?: string): LogPlace {
  if (kind !== 'endpoint') return { group: GROUPS[kind], streamPrefix: `${name}/` };
  const group = `/aws/sagemaker/Endpoints/${name}`;
  return variant === undefined ? { group } : { group, streamPrefix: `${variant}/` };
}
