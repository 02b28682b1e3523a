/** Paths of the lab: `a/b`, `s3:bucket/a`; `''` and `s3:` are the roots of drives. */

/** A path below a folder. */
export function below(folder: string, path: string): string {
  if (path === '') return folder;
  return /^(?:[^/:]*:)?$/.test(folder) ? folder + path : `${folder}/${path}`;
}

/** The folder that holds it; a root is its own. */
export function parentOf(path: string): string {
  const drive = /^[^/:]*:/.exec(path)?.[0].length ?? 0; // a folder's name may hold a colon too
  return path.slice(0, Math.max(path.lastIndexOf('/'), drive));
}

export function nameOf(path: string): string {
  return path.slice(parentOf(path).length).replace(/^\//, '');
}

/** For messages and reports: the root of the lab's own drive has no name. */
export function shown(path: string): string {
  return path || '.';
}
