import { UsageError } from '../../src/model/errors.ts';
import type { Store } from '../../src/model/store.ts';

/** Paths of a store, sorted. */
export async function pathsOf(store: Store): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.list()) paths.push(path);
  return paths.sort();
}

/** The message of the UsageError something ends in; anything else fails the test. */
export async function usageMessage(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('expected a UsageError');
}
