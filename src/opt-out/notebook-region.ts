const OPEN = /^# --- usage statistics ---[ \t\r]*$/gm;
const CLOSE = /^# --- end of usage statistics ---[ \t\r]*$/gm;

/** The part of a code cell of ours that asks and sends. */
export const REGION = new RegExp(`${OPEN.source}.*?${CLOSE.source}(?:\\n|(?!.))`, 'ms');

/** The function of our code that makes the request, in all versions of this tool. */
const SENDS = /\b_request_url\b/;

/** True where our code stands between one pair of marks, or is not there. */
export function isPaired(source: string): boolean {
  const [open, close] = [OPEN, CLOSE].map((mark) => [...source.matchAll(mark)]) as [RegExpExecArray[], RegExpExecArray[]];
  const paired = open.length === close.length && open.length <= 1 && (open[0]?.index ?? 0) <= (close[0]?.index ?? 0);
  return paired && !SENDS.test(source.replace(REGION, ''));
}
