import { START } from '../../monitored.ts';
import { type World, worldOf } from '../world.ts';
import { hostMetrics } from './host.ts';

export const TRANSFORM = 'score-all-2026-11-02';
export const PROCESSING = 'features-2026-11-02';

/** A transform job on one host over forty minutes. */
export function transformWorld({ startSeconds = START } = {}): World {
  const [minutes, end] = [40, startSeconds + 40 * 60];
  return worldOf({
    nowSeconds: end + 3600,
    metrics: hostMetrics({
      namespace: '/aws/sagemaker/TransformJobs',
      host: `${TRANSFORM}/i-0a9b8c7d6e5f4a3b2`,
      seed: 41,
      startSeconds,
      minutes,
      levels: {
        CPUUtilization: (minute) => (minute < 5 ? 20 : 310),
        MemoryUtilization: () => 61,
        GPUUtilization: (minute) => (minute < 5 ? 0 : 74),
        GPUMemoryUtilization: () => 40,
      },
    }),
    sagemaker: {
      TransformJob: {
        [TRANSFORM]: {
          TransformJobStatus: 'Completed',
          ModelName: 'scores',
          CreationTime: startSeconds - 120,
          TransformStartTime: startSeconds,
          TransformEndTime: end,
          TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://bucket/in' } } },
          TransformResources: { InstanceType: 'ml.g4dn.xlarge', InstanceCount: 1 },
        },
      },
    },
    logs: { '/aws/sagemaker/TransformJobs': { [`${TRANSFORM}/i-0a9b8c7d6e5f4a3b2-${startSeconds}`]: [] } },
  });
}

/** A processing job on one host that failed after twenty minutes, when its memory was full. */
export function processingWorld({ startSeconds = START } = {}): World {
  const [minutes, end] = [20, startSeconds + 20 * 60];
  return worldOf({
    nowSeconds: end + 3600,
    metrics: hostMetrics({
      namespace: '/aws/sagemaker/ProcessingJobs',
      host: `${PROCESSING}/algo-1`,
      seed: 51,
      startSeconds,
      minutes,
      levels: {
        CPUUtilization: () => 180,
        MemoryUtilization: (minute) => 15 + 4 * minute,
        DiskUtilization: (minute) => 10 + minute,
      },
    }),
    sagemaker: {
      ProcessingJob: {
        [PROCESSING]: {
          ProcessingJobStatus: 'Failed',
          FailureReason: 'AlgorithmError: , exit code: 137',
          CreationTime: startSeconds - 180,
          ProcessingStartTime: startSeconds,
          ProcessingEndTime: end,
          AppSpecification: { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/features:1' },
          ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 } },
        },
      },
    },
    logs: {
      '/aws/sagemaker/ProcessingJobs': {
        [`${PROCESSING}/algo-1-${startSeconds}`]: [
          { timestamp: (startSeconds + 30) * 1000, message: 'reading 400 files' },
          { timestamp: (end - 40) * 1000, message: 'ERROR MemoryError: unable to allocate 9.31 GiB for an array' },
        ],
      },
    },
  });
}
