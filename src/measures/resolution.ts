import type { Monitored } from '../model/monitored.ts';

/** Seconds between the samples of CloudWatch, the longest there are: what is shorter was not seen. */
export function resolutionSeconds({ series }: Pick<Monitored, 'series'>): number {
  return series.reduce((longest, { periodSeconds }) => Math.max(longest, periodSeconds), 60);
}
