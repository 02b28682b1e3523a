import { START } from '../../monitored.ts';
import type { LogEvent } from '../logs-api.ts';
import { type World, worldOf } from '../world.ts';
import { hostMetrics } from './host.ts';

export const TRAINING = 'churn-2026-11-02';

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
