/** How the job's time splits; seconds. They add up to `total`. */
export interface JobPhases {
  readonly total: number;
  readonly initialization: number;
  readonly training: number;
  readonly finalization: number;
}

/**
 * Splits the span of the job at its first and last step. The span reaches from the first to the last sample, or to the last step where
 * that came later (by up to a second, since samples are analysed in whole minutes). All in seconds since the epoch.
 */
export function jobPhases(start: number, end: number, firstStep: number, lastStep: number): JobPhases {
  const finish = Math.max(end, lastStep);
  const initialization = Math.max(0, firstStep - start);
  const finalization = Math.max(0, finish - Math.max(lastStep, firstStep));
  const total = finish - start;
  return { total, initialization, training: total - initialization - finalization, finalization };
}
