import { utc } from '../../model/text.ts';

/** A moment as UTC text and for `<time>`; the page adds the viewer's own time. */
export function momentView(epochSeconds: number) {
  const milliseconds = Math.round(epochSeconds * 1000);
  const known = Math.abs(milliseconds) <= 8.64e15;
  return { text: utc(epochSeconds), iso: known ? new Date(milliseconds).toISOString() : '' };
}
