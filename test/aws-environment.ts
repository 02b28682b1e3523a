import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** The environment of a machine without any AWS settings, whoever runs the tests, plus the given ones. */
export function cleanAwsEnvironment(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const nowhere = join(tmpdir(), 'no-such-aws-folder');
  return {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    HOME: nowhere,
    ...settings,
  };
}

export const testKeys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };

/** Sets that environment for this process until `vi.unstubAllEnvs()`. */
export function useAwsEnvironment(settings: Readonly<Record<string, string>> = {}): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(cleanAwsEnvironment(settings))) vi.stubEnv(name, value);
}
