import type { Logs, Subject } from '../model/monitored.ts';
import { list, visibleName } from '../model/text.ts';
import type { Asked } from './asked.ts';
import type { Clients } from './clients.ts';
import { insteadOf } from './describe/near-names.ts';
import type { Shape } from './describe/shape.ts';
import type { Discovered } from './discover.ts';
import { noDataText } from './no-data.ts';
import type { Sampling } from './period.ts';

interface Looked {
  readonly asked: Asked;
  readonly shape: Shape;
  readonly subject: Subject;
  readonly found: Discovered;
  readonly sampling: Sampling;
  readonly logs: Logs;
  readonly clients: Clients;
  readonly nowSeconds: number;
}

/** What there is instead of metrics; useless where a report would have nothing else to show either. */
export async function nothingFound({
  asked: { kind, name, variant },
  shape: { state },
  subject,
  found: { variantNames, hosts, isTraceless, listed },
  sampling,
  logs,
  clients: { cloudwatch, sagemaker, region },
  nowSeconds,
}: Looked): Promise<{ readonly isUseless: boolean; readonly text: string }> {
  if (variant !== undefined && variantNames.length > 0 && !variantNames.includes(variant))
    return {
      isUseless: true,
      text: `endpoint ${name} has no variant ${variant}: it has ${list(variantNames.map(visibleName))}.`,
    };
  const hasLines = logs.lines.length > 0;
  if (state === 'gone' && isTraceless && !hasLines)
    return { isUseless: true, text: `there is no ${kind} ${name} in ${region}: ${await insteadOf(kind, name, sagemaker)}` };
  const text = await noDataText(
    cloudwatch,
    { status: state === 'gone' ? 'deleted' : '', ...subject },
    hosts,
    sampling,
    listed,
    nowSeconds,
  );
  const isNameless = kind === 'endpoint' && variant === undefined && variantNames.length === 0;
  return {
    // The log and the reason of a job that failed at once are worth a report.
    isUseless: !hasLines && subject.phases.length === 0 && subject.failureReason === undefined,
    text: isNameless ? `${text} The names of its variants are not known: give --variant.` : text,
  };
}
