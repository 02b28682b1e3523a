import type { InstanceNamespace, Namespace } from './cloudwatch-metrics.ts';
import type { SubjectKind } from './monitored.ts';

const OF_INSTANCES: Readonly<Record<SubjectKind, InstanceNamespace>> = {
  endpoint: '/aws/sagemaker/Endpoints',
  'training job': '/aws/sagemaker/TrainingJobs',
  'transform job': '/aws/sagemaker/TransformJobs',
  'processing job': '/aws/sagemaker/ProcessingJobs',
};

/** Where CPU, memory, GPU and disk of such a thing are kept; also what its log group begins with. */
export function instanceNamespace(kind: SubjectKind): InstanceNamespace {
  return OF_INSTANCES[kind];
}

/** Every namespace with metrics of such a thing, that of its instances first. */
export function namespacesOf(kind: SubjectKind): readonly Namespace[] {
  return kind === 'endpoint' ? [OF_INSTANCES[kind], 'AWS/SageMaker'] : [OF_INSTANCES[kind]];
}
