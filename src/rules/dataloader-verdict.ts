import { plural } from '../model/text.ts';
import { type Judgement, notJudged, type Parameters } from './rule.ts';

/** Seconds with data-loading events that the rule waits for; fixed in the service's rule and not in its parameters. */
export const PATIENCE = 10;

/** What is known of the loaders at the end of the job. */
export interface LoadersSeen {
  /** At a time. */
  readonly loaders?: number | undefined;
  /** Of a node. */
  readonly cores?: number | undefined;
  /** Worker processes the loader was set to. */
  readonly workers?: number | undefined;
  readonly pinMemory?: boolean | undefined;
  readonly events: number;
}

type Fit = 'few' | 'many' | 'fitting';

/** How loaders compare with the cores, in the limits of the rule; undefined where one of them is not known. */
export function fitOf({ loaders, cores }: Pick<LoadersSeen, 'loaders' | 'cores'>, p: Parameters): Fit | undefined {
  if (loaders === undefined || cores === undefined) return undefined;
  if (loaders < cores * (p('min_threshold') / 100)) return 'few';
  return loaders > cores * (p('max_threshold') / 100) ? 'many' : 'fitting';
}

export function loadersFinding({ loaders, cores, workers, events }: LoadersSeen): string {
  const setting = workers === undefined ? '' : ` The loader was set to ${plural(workers, 'worker process', 'worker processes')}.`;
  return loaders === undefined || cores === undefined
    ? `${plural(events, 'data-loading event was', 'data-loading events were')} seen.${setting}`
    : `${plural(loaders, 'data loader was', 'data loaders were')} seen at a time on ${plural(cores, 'core')}.${setting}`;
}

export function loadersFit(finding: string): Judgement {
  return { verdict: 'ok', reason: 'loaders fit the cores', finding };
}

export function tooFewSeconds(finding: string, fit: Fit | undefined): Judgement {
  const found = fit === 'few' || fit === 'many' ? ` That is ${fit}.` : '';
  return notJudged(
    'too short',
    `${finding}${found} Loading was profiled in too few seconds: the rule needs more than ${PATIENCE}.`,
  );
}

export function loadersMisfit(finding: string, fit: 'few' | 'many', { pinMemory }: LoadersSeen, mayHaveGpus: boolean): Judgement {
  const pin = pinMemory === false && mayHaveGpus ? ', and set pin_memory' : '';
  return {
    verdict: 'issue',
    reason: fit === 'many' ? 'more loaders than cores can serve' : 'few loaders for the cores',
    finding,
    action:
      fit === 'many'
        ? 'Lower num_workers: more loaders than cores only get in each other’s way.'
        : `Raise num_workers towards the number of cores${pin}.`,
    weight: 0.3,
  };
}
