import { UsageError } from '../../../src/model/errors.ts';

/** An error on its way between threads, which would forget its class. */
export interface Failure {
  /** True for one clear line; anything else is a defect of ours. */
  readonly expected: boolean;
  readonly message: string;
}

export function toFailure(error: unknown): Failure {
  return { expected: error instanceof UsageError, message: error instanceof Error ? error.message : String(error) };
}

export function toError({ expected, message }: Failure): Error {
  return expected ? new UsageError(message) : new Error(message);
}
