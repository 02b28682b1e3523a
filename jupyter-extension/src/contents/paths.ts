/** Paths of the lab: `a/b`, `s3:bucket/a`; `''` and `s3:` are the roots of drives. */

/** A path below a folder. */
export function below(folder: string, path: string): string {
  if (path === '') return folder;
  return folder === '' || folder.endsWith(':') ? folder + path : `${folder}/${path}`;
}

/** The folder that holds it; a root is its own. */
export function parentOf(path: string): string {
  const at = Math.max(path.lastIndexOf('/'), path.indexOf(':') + 1);
  return path.slice(0, at);
}

export function nameOf(path: string): string {
  return path.slice(parentOf(path).length).replace(/^\//, '');
}

/** For messages and reports: the root of the lab's own drive has no name. */
export function shown(path: string): string {
  return path || '.';
}
