import type { Input } from '../model/report.ts';
import type { StoreEntry } from '../model/store.ts';
import { byNumber, plural, visibleName } from '../model/text.ts';
import { placeOf } from './python-profile/span.ts';
import type { RawFiles } from './raw-files.ts';

/** What was read and what was not: a line per kind and node, since there may be tens of thousands of files. */
export function rawInputs({ system, timelines, profiles, skipped }: RawFiles, unread: ReadonlySet<string>): Input[] {
  const read = [
    ...grouped('system metrics', system, ({ node }) => node),
    ...grouped('timelines', timelines, ({ worker }) => worker),
    ...grouped('Python profiles', profiles, ({ path }) => placeOf(path).worker),
  ].map(([file, files]): Input => {
    const broken = files.filter(({ path }) => unread.has(path)).length;
    return {
      file,
      status: broken === files.length ? 'damaged' : 'read',
      bytes: bytesOf(files),
      detail: `${plural(files.length, 'file')}${broken > 0 ? `, ${broken} of them cannot be read` : ''}`,
    };
  });
  const ignored = [...skipped].map(([reason, files]): Input => {
    const [first] = files;
    const name = visibleName(first?.path ?? '');
    const file = files.length === 1 ? name : `${plural(files.length, 'file')} such as ${name}`;
    return { file, status: 'ignored', bytes: bytesOf(files), detail: reason };
  });
  return [...read, ...ignored];
}

function grouped<File extends StoreEntry>(kind: string, files: readonly File[], who: (file: File) => string) {
  const groups = [...Map.groupBy(files, who)].sort(([a], [b]) => byNumber(a, b));
  return groups.map(([name, group]) => [`${kind} of ${visibleName(name)}`, group] as const);
}

function bytesOf(files: readonly StoreEntry[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
