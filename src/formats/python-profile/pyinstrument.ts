import type { PythonFrame } from '../../model/python-profile.ts';
import { parsePythonJson } from '../python-json.ts';
import { isObject } from '../tolerant.ts';

/** As deep as Python itself goes unless told otherwise. */
const MAX_DEPTH = 1000;

/**
 * The call tree of pyinstrument's JSON; no root where the profiler failed and wrote `null`. Frames deeper than MAX_DEPTH are counted and
 * left out. Throws where the file is no such JSON.
 */
export function readPyinstrument(bytes: Uint8Array): { root?: PythonFrame; leftOut: number } {
  const { value } = parsePythonJson(bytes);
  if (!isObject(value) || !('root_frame' in value)) throw new Error('it holds no root_frame');
  let leftOut = 0;

  function frame(raw: unknown, depth: number): PythonFrame {
    if (!isObject(raw)) throw new Error('a frame is no object');
    const { function: name, file_path: file, line_no: line, time, children = [] } = raw;
    if (typeof name !== 'string' || typeof time !== 'number' || !Array.isArray(children)) {
      throw new Error('a frame lacks its function, time or children');
    }
    const drawn = depth < MAX_DEPTH ? children : [];
    leftOut += children.length - drawn.length;
    return {
      name,
      file: typeof file === 'string' ? file : '',
      line: typeof line === 'number' ? line : 0,
      seconds: time,
      children: drawn.map((child) => frame(child, depth + 1)),
    };
  }

  return value.root_frame === null ? { leftOut } : { root: frame(value.root_frame, 1), leftOut };
}
