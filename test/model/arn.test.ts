import { expect, test } from 'vitest';
import { isProcessingJobArn } from '../../src/model/arn.ts';

const JOB = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/my-job-1';

test.each([
  JOB,
  JOB.replace('aws', 'aws-cn').replace('eu-west-1', 'cn-north-1'),
  JOB.replace('aws', 'aws-us-gov').replace('eu-west-1', 'us-gov-west-1'),
  JOB.replace('my-job-1', 'My-Job'),
  JOB.replace('my-job-1', 'a'.repeat(63)),
])('%s is the ARN of a processing job', (arn) => expect(isProcessingJobArn(arn)).toBe(true));

test.each([
  JOB.toUpperCase(),
  JOB.replace('eu-west-1', '-'),
  JOB.replace('aws', 'aws---'),
  JOB.replace('processing', 'training'),
  JOB.replace('123456789012', '1234'),
  JOB.replace('my-job-1', '-'),
  JOB.replace('my-job-1', 'a'.repeat(64)),
  `${JOB}\n`,
  `${JOB}&x=1`,
])('%j is none', (arn) => expect(isProcessingJobArn(arn)).toBe(false));
