import { grepOf } from '../logs/grep.ts';
import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';
import { UsageError } from '../model/errors.ts';
import type { Inquiry } from '../model/monitored.ts';

/** What to fetch. Default of the time: of a job its own start and end; of an endpoint the last 3 hours. */
export interface Asked extends Inquiry {
  /** Statistics beyond those of every report, such as percentiles that conditions ask for; those that a metric does not have are not asked for. */
  readonly statistics?: readonly { readonly metric: MetricName; readonly statistic: Statistic }[];
  readonly logs: boolean;
  /** Only log lines with this text; of all lines, not only of those that look like errors. */
  readonly grep?: string;
  /** What time it is; default: what this machine's clock says. */
  readonly nowSeconds?: number;
}

/** SageMaker's own rule for names of jobs, endpoints, variants and notebook instances. */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Throws a UsageError for what no job or endpoint can be called, for a span that ends before it begins, and for a bad `grep`. */
export function checkAsked({ kind, name, variant, startSeconds, endSeconds, grep }: Asked): void {
  checkName(kind === 'endpoint' ? 'an endpoint' : `a ${kind}`, name);
  if (variant !== undefined) checkName('a variant', variant);
  if (startSeconds !== undefined && endSeconds !== undefined && startSeconds >= endSeconds)
    throw new UsageError('the start is not before the end: check --start and --end.');
  if (grep !== undefined) grepOf(grep);
}

/** @param what `a training job`. Throws a UsageError for what nothing of the kind can be called. */
export function checkName(what: string, name: string): void {
  if (!NAME.test(name))
    throw new UsageError(`${JSON.stringify(name)} is not the name of ${what}: letters, digits and hyphens, at most 63.`);
}
