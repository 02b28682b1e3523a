import { UsageError } from '../model/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist. Check the path.',
  EACCES: 'permission denied. Run as a user who may, or change its permissions.',
  EPERM: 'operation not permitted. Run as a user who may, or choose another place.',
  EROFS: 'it is on a read-only file system. Choose another place.',
  ENOSPC: 'the disk is full. Free some space or choose another place; existing files are unchanged.',
  EDQUOT: 'your disk quota is used up. Free some space or choose another place; existing files are unchanged.',
  EFBIG: 'it is larger than the limit on file sizes (ulimit -f). Raise the limit; existing files are unchanged.',
  ENOTDIR: 'a part of the path is a file, not a folder. Choose another place.',
  EEXIST: 'a file is where a folder is needed. Choose another place.',
  EISDIR: 'it is a folder, not a file. Move it away or choose another place.',
  ENAMETOOLONG: 'the name is too long for the file system. Choose a shorter one.',
  ELOOP: 'its symbolic links lead in a circle. Check the path.',
};

/** A UsageError for what the file system refused; any other error as it is. `action` is a verb: `read`, `write`. */
export function fileError(error: unknown, action: string, path: string): unknown {
  if (!isSystemError(error)) return error;
  // Making a folder on a read-only file system ends in ENOENT, not in EROFS.
  const unmade = action === 'write' && error.code === 'ENOENT';
  const reason = unmade
    ? 'its folder cannot be made; the file system may be read-only. Choose another place.'
    : REASONS[error.code];
  return new UsageError(`cannot ${action} ${path}: ${reason ?? `${error.message}.`}`, { cause: error });
}

/** True where the file, or a folder on the way to it, is not there. */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
