import type { Command } from 'commander';

const SOURCE = 'folder or s3://bucket/prefix that holds profiler-output/ or profiler-reports/, or any folder above it';

/** What every command that reads a job takes. */
export function withSource(command: Command): Command {
  return command
    .argument('[source]', SOURCE)
    .option('--training-job <name>', 'find source, processing job and rule parameters of this training job (DescribeTrainingJob)')
    .option('--region <region>', 'AWS region (default: AWS_REGION or the profile)');
}
