import type { PythonProfile } from '../model/python-profile.ts';
import type { Damage } from '../model/run.ts';
import { plural } from '../model/text.ts';
import { readCProfile } from './python-profile/cprofile.ts';
import { readPyinstrument } from './python-profile/pyinstrument.ts';
import { placeOf } from './python-profile/span.ts';

/**
 * A profile of Python code: `python_stats` of cProfile or `python_stats.json` of pyinstrument; worker and span come from the path.
 * Never throws: a file that cannot be read whole gives no profile and says so.
 */
export function readPythonProfile({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array }): {
  profile?: PythonProfile;
  damage: Damage[];
} {
  const place = placeOf(path);
  const damage = (kind: Damage['kind'], count: number, detail: string): Damage => ({
    kind,
    file: path,
    node: place.worker,
    count,
    detail,
  });
  if (bytes.length === 0) return { damage: [damage('empty file', 1, 'The profile is empty; it is left out.')] };
  try {
    if (path.endsWith('.json')) {
      const { root, leftOut } = readPyinstrument(bytes);
      return {
        profile: { path, profiler: 'pyinstrument', functions: [], ...place, ...(root ? { root } : {}) },
        damage: [
          ...(root ? [] : [damage('empty file', 1, 'The profiler failed and wrote no frames.')]),
          ...(leftOut > 0
            ? [damage('events left out', leftOut, `${plural(leftOut, 'frame')} lie too deep and are left out.`)]
            : []),
        ],
      };
    }
    const { functions, strayCallers } = readCProfile(bytes);
    return {
      profile: { path, profiler: 'cProfile', functions, ...place },
      damage:
        strayCallers > 0
          ? [
              damage(
                'events left out',
                strayCallers,
                `${plural(strayCallers, 'caller')} that are no function of the profile are left out.`,
              ),
            ]
          : [],
    };
  } catch (error) {
    const reason = (error as Error).message;
    return { damage: [damage('unreadable file', 1, `The profile cannot be read and is left out: ${reason}.`)] };
  }
}
