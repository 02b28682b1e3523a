import * as v from 'valibot';

/** A value left out while decoding: where it was and why. */
export interface Omission {
  /** Keys from the root of the file. */
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * Decodes a parsed JSON value by a schema, leaving out what does not fit instead of refusing the whole: the value at fault goes first,
 * then, where the schema cannot do without it, whatever holds it. A list with a wrong entry goes as a whole, since its positions matter.
 * `value` is changed. Returns undefined as output when even the root does not fit.
 */
export function decodeTolerantly<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): { output: v.InferOutput<S> | undefined; omissions: Omission[] } {
  const omissions: Omission[] = [];
  for (;;) {
    const result = v.safeParse(schema, value);
    if (result.success) return { output: result.output, omissions };
    // All paths first: once a value is gone, another issue within it would point at its parent.
    const faults = result.issues.map((issue) => {
      return {
        path: removablePath(
          value,
          (issue.path ?? []).map((item) => String(item.key)),
        ),
        message: issue.message,
      };
    });
    for (const fault of faults) {
      if (fault.path.length === 0) return { output: undefined, omissions: [...omissions, fault] };
      if (remove(value, fault.path)) omissions.push(fault);
    }
  }
}

/** The path itself where a value stands there, else its parent; never a position in a list. */
function removablePath(root: unknown, path: readonly string[]): string[] {
  const kept: string[] = [];
  let at: unknown = root;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) break;
    kept.push(key);
    at = at[key];
    if (Array.isArray(at)) break;
  }
  return kept;
}

function remove(root: unknown, path: readonly string[]): boolean {
  const last = path.at(-1) as string;
  let at: unknown = root;
  for (const key of path.slice(0, -1)) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isObject(at) && Object.hasOwn(at, last) && delete at[last];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
