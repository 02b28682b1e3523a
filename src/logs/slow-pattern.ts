/**
 * Whether a regular expression repeats a group that itself repeats or has alternatives, `(a+)+` or `(a|aa)*`: trying it on a line that
 * nearly matches can take longer than anyone waits.
 */
export function isSlow(pattern: string): boolean {
  /** Of each group that is open, the whole pattern first: whether there is more than one way through it. */
  const ways = [false];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '\\') i++;
    else if (character === '[') i = classEnd(pattern, i);
    else if (character === '(') ways.push(false);
    else if (character === '|' || isRepeat(pattern, i)) ways[ways.length - 1] = true;
    else if (character === ')' && ways.length > 1) {
      const several = ways.pop() === true;
      if (several && isRepeat(pattern, i + 1)) return true;
      if (several) ways[ways.length - 1] = true;
    }
  }
  return false;
}

function isRepeat(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d{1,9},)/.test(pattern.slice(at, at + 12));
}

/** Last character of `[...]`; of one without an end, of the pattern. */
function classEnd(pattern: string, start: number): number {
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > start + 1) return i;
  }
  return pattern.length;
}
