import { bytes, count, plural } from '../../../src/model/text.ts';

/** How far a run is. */
export type Progress =
  | { readonly kind: 'found'; readonly files: number }
  | { readonly kind: 'read'; readonly done: number; readonly total: number; readonly bytes: number }
  | { readonly kind: 'judging' | 'asking' }
  | { readonly kind: 'writing'; readonly done: number; readonly files: number };

export function progressText(progress: Progress): string {
  switch (progress.kind) {
    case 'found':
      return `found ${plural(progress.files, 'file')}`;
    case 'read':
      return `read ${count(progress.done)} of ${plural(progress.total, 'file')}, ${bytes(progress.bytes)}`;
    case 'judging':
      return 'judging and drawing';
    case 'asking':
      return 'waiting for your answer';
    case 'writing':
      return `wrote ${count(progress.done)} of ${plural(progress.files, 'file')}`;
  }
}

/** From 0 to 1: most of the time goes into reading. */
export function progressShare(progress: Progress): number {
  switch (progress.kind) {
    case 'found':
      return 0.05;
    case 'read':
      return 0.05 + 0.7 * (progress.done / Math.max(1, progress.total));
    case 'judging':
      return 0.75;
    case 'asking':
      return 0.9;
    case 'writing':
      return 0.9 + 0.1 * (progress.done / progress.files);
  }
}
