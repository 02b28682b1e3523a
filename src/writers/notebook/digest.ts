import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Of a cell what people edit, as it stands in a file. */
interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** SHA-256 of what people edit in a notebook: kind and source of each cell. Running and saving it leave that as it is. */
export function cellsDigest(cells: readonly Cell[]): string {
  const edited = cells.map(({ cell_type, source }) => [cell_type, typeof source === 'string' ? source : source.join('')]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(edited))));
}

/** True for anything but a notebook of ours with the very cells it was made with; one of a version that kept no digest may be edited. */
export function isEdited(notebook: unknown): boolean {
  const { cells, metadata } = (notebook ?? {}) as { cells?: Cell[]; metadata?: { profiler_report?: { cells_sha256?: unknown } } };
  try {
    return !Array.isArray(cells) || metadata?.profiler_report?.cells_sha256 !== cellsDigest(cells);
  } catch {
    return true;
  }
}
