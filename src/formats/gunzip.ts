import { Gunzip } from 'fflate/browser';
import { UsageError } from '../model/errors.ts';
import type { FileReader } from './read-ahead.ts';

/** The same reader for files of which some are compressed, by their names (`.gz`). One cut off gives what comes before the cut. */
export function gunzipping<File extends { readonly path: string }>(reader: FileReader<File>): FileReader<File> {
  let inflate: Gunzip | undefined;
  let path = '';
  return {
    open(file) {
      path = file.path;
      inflate = path.endsWith('.gz') ? new Gunzip((chunk) => reader.push(chunk)) : undefined;
      reader.open(file);
    },
    push(chunk) {
      if (!inflate) return reader.push(chunk);
      try {
        inflate.push(chunk);
      } catch (error) {
        throw new UsageError(`${path} is damaged: ${(error as Error).message}.`, { cause: error });
      }
    },
    close: () => reader.close(),
  };
}
