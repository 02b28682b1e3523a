import type { Monitored } from '../model/monitored.ts';

/** Seconds between the samples of CloudWatch, the longest there are: what is shorter was not seen. */
export function resolutionSeconds({ series }: Pick<Monitored, 'series'>): number {
  return series.reduce((longest, { periodSeconds }) => Math.max(longest, periodSeconds), 60);
}

/** `1 min`, `1 h`. */
export function resolutionText(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
