import type { Edit } from './edits.ts';

const ID = 'profiler-telemetry';
const REQUEST = 'x-artifact-id=profiler_report';

/** What to do about a report that names the picture where it cannot be taken out with certainty. */
export const ELSEWHERE = 'it names the hidden picture elsewhere: search it for profiler-telemetry and x-artifact-id';

/** What is no markup, or shows nothing, comes first: what looks like a picture in there is none. */
const TAG =
  /<!--.*?(?:-->|$)|<(script|style|textarea|title|xmp)\b.*?(?:<\/\1\b|$)|<img(?=[\s/])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/gis;
const ATTRIBUTE = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/** Removes the hidden pictures by which the service's reports tell that they are opened. */
export function picturesIn(html: string): Edit[] {
  if (!namesPicture(html)) return [];
  return [...html.matchAll(TAG)]
    .filter(([tag]) => isPicture(tag))
    .map(({ 0: tag, index }) => ({ start: index, end: index + tag.length, text: '' }));
}

/** True where the picture, or the request it makes, is named in any way. */
export function namesPicture(text: string): boolean {
  return new RegExp(`${ID}|${REQUEST}`, 'i').test(text);
}

function isPicture(tag: string): boolean {
  if (!/^<img/i.test(tag)) return false;
  return [...tag.matchAll(ATTRIBUTE)].some(([, name = '', ...values]) => {
    const value = values.find((text) => text !== undefined) ?? '';
    return name.toLowerCase() === 'id' ? value.toLowerCase() === ID : /^src(set)?$/i.test(name) && value.includes(REQUEST);
  });
}
