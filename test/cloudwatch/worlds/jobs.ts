import type { InstanceNamespace, MetricName } from '../../../src/model/cloudwatch-metrics.ts';
import { START } from '../../monitored.ts';
import type { LogEvent } from '../logs-api.ts';
import type { Metric } from '../metric.ts';
import { type World, worldOf } from '../world.ts';
import { level, unevenness } from './amounts.ts';
import { metricOf } from './variant.ts';

export const TRAINING = 'churn-2026-11-02';
export const TRANSFORM = 'score-all-2026-11-02';
export const PROCESSING = 'features-2026-11-02';

type Levels = Readonly<Partial<Record<MetricName, (minute: number) => number>>>;

interface Host {
  readonly namespace: InstanceNamespace;
  readonly host: string;
  readonly seed: number;
  readonly startSeconds: number;
  readonly minutes: number;
  readonly levels: Levels;
}

/** Metrics of one host of a job, each about its level. */
export function hostMetrics({ namespace, host, seed, levels, ...when }: Host): Metric[] {
  const uneven = unevenness(seed, when.minutes, 0.06);
  return Object.entries(levels).map(([name, mean]) =>
    metricOf(when, namespace, name as MetricName, { Host: host }, (minute) => {
      const at = mean(minute) * uneven(minute);
      return level(at, at / 20);
    }),
  );
}

/** Minutes at which the training job leaves a status. */
const TRAINING_PHASES = [
  ['Starting', 4, 'Preparing the instances for training'],
  ['Downloading', 10, 'Downloading input data'],
  ['Training', 82, 'Training image download completed. Training in progress.'],
  ['Uploading', 86, 'Uploading generated training model'],
] as const;

/** A training job on two hosts with four GPUs each over an hour and a half, its GPUs busy a seventh of the time. */
export function trainingWorld({ startSeconds = START } = {}): World {
  const minutes = 86;
  const isTraining = (minute: number) => minute >= 10 && minute < 82;
  const hosts = ['algo-1', 'algo-2'];
  const metrics = hosts.flatMap((host, i) =>
    hostMetrics({
      namespace: '/aws/sagemaker/TrainingJobs',
      host: `${TRAINING}/${host}`,
      seed: 31 + i,
      // The agent that measures starts with the container.
      startSeconds: startSeconds + 4 * 60,
      minutes: minutes - 4,
      levels: {
        CPUUtilization: (minute) => (isTraining(minute + 4) ? 2_900 : 120),
        MemoryUtilization: (minute) => (isTraining(minute + 4) ? 44 : 9),
        GPUUtilization: (minute) => (isTraining(minute + 4) ? 58 - 16 * i : 0),
        GPUMemoryUtilization: (minute) => (isTraining(minute + 4) ? 96 : 0),
        DiskUtilization: (minute) => 12 + minute / 20,
      },
    }),
  );
  const end = startSeconds + minutes * 60;
  return worldOf({
    nowSeconds: end + 3600,
    metrics,
    sagemaker: {
      TrainingJob: {
        [TRAINING]: {
          TrainingJobStatus: 'Completed',
          SecondaryStatus: 'Completed',
          CreationTime: startSeconds,
          TrainingStartTime: startSeconds + 4 * 60,
          TrainingEndTime: end,
          ResourceConfig: { InstanceType: 'ml.p3.8xlarge', InstanceCount: 2, VolumeSizeInGB: 100 },
          SecondaryStatusTransitions: [
            ...TRAINING_PHASES.map(([Status, until, StatusMessage], i) => ({
              Status,
              StartTime: startSeconds + (TRAINING_PHASES[i - 1]?.[1] ?? 0) * 60,
              EndTime: startSeconds + until * 60,
              StatusMessage,
            })),
            { Status: 'Completed', StartTime: end, EndTime: end, StatusMessage: 'Training job completed' },
          ],
        },
      },
    },
    logs: {
      '/aws/sagemaker/TrainingJobs': Object.fromEntries(
        hosts.map((host) => [`${TRAINING}/${host}-${startSeconds + 240}`, steps(startSeconds + 600, 72)]),
      ),
    },
  });
}

function steps(startSeconds: number, minutes: number): LogEvent[] {
  return Array.from({ length: minutes }, (_, minute) => ({
    timestamp: (startSeconds + minute * 60) * 1000,
    message:
      minute % 24 === 12
        ? `WARNING: DataLoader worker (pid ${200 + minute}) waited 41.2 s for a batch`
        : `step ${minute * 50} loss ${(2.4 / (1 + minute / 9)).toFixed(3)}`,
  }));
}

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
