import { UsageError } from '../../../src/model/errors.ts';

const REASONS: Readonly<Record<number, string>> = {
  401: 'you are signed out. Sign in again',
  403: 'permission is denied. Change its permissions, or choose another folder',
  404: 'it is not there any more. Refresh the file browser',
  413: 'it is larger than the server takes. Raise its limit, or choose another folder',
  507: 'the disk is full. Free some space',
};

/** One line on a file that could not be read; what is none of the lab's errors stays as it is. */
export function readFailure(error: unknown, path: string): unknown {
  return isExpected(error) ? new UsageError(`cannot read ${path}: ${reasonOf(error)}.`, { cause: error }) : error;
}

export function writeFailure(error: unknown, path: string): unknown {
  return isExpected(error) ? new UsageError(`cannot write ${path}: ${reasonOf(error)}.`, { cause: error }) : error;
}

/** Drives reject with errors of their own; a cancelled run and our own words pass. */
function isExpected(error: unknown): boolean {
  return !(error instanceof UsageError) && !(error instanceof DOMException && error.name === 'AbortError');
}

function reasonOf(error: unknown): string {
  const status = (error as { response?: { status?: number } } | null)?.response?.status;
  const known = status === undefined ? undefined : REASONS[status];
  if (known !== undefined) return known;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return 'the server does not answer. Check that it runs, then try again';
  const said = error instanceof Error ? error.message : String(error);
  return said.split('\n', 1)[0]?.replace(/\.\s*$/, '') || 'the drive does not say why';
}
