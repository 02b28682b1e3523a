import { withoutSecrets } from '../../logs/without-secrets.ts';
import { UsageError } from '../../model/errors.ts';
import type { Monitored } from '../../model/monitored.ts';
import { list, visibleName } from '../../model/text.ts';
import { Collector } from './collect.ts';
import type { DataDocument } from './document.ts';
import type { Asked } from './identity.ts';
import { queriesById } from './queries.ts';
import type { Saved } from './schemas.ts';
import { machinesOf, withinAsked } from './subject.ts';
import { Tolerated } from './tolerated.ts';

/** What `--save` wrote, as it was; less where less is asked for, and machines that it does not tell. Throws a UsageError where it is of another thing, or lacks the variant. */
export function restored({ file, data }: DataDocument, { formatVersion: _, ...given }: Saved, asked: Asked): Monitored {
  // It may come from an earlier version, or from elsewhere.
  const saved = withoutSecrets({ ...given, series: [] });
  const { kind, name, variants } = saved.subject;
  const shown = visibleName(file);
  if (kind !== asked.kind || name !== asked.name) {
    const other = `not of the ${asked.kind} ${visibleName(asked.name)}`;
    throw new UsageError(`${shown} is of the ${kind} ${visibleName(name)}, ${other}: ask for that.`);
  }
  const { variant, startSeconds = saved.startSeconds, endSeconds = saved.endSeconds } = asked;
  if (variant !== undefined && !variants.some((one) => one.name === variant)) {
    const known = list(variants.map((one) => visibleName(one.name))) || 'none';
    throw new UsageError(`${shown} has no variant ${visibleName(variant)}; it has ${known}.`);
  }
  const machines = machinesOf(asked);
  // What is of another variant is left out as it was asked: nothing to tell.
  const [tolerated, unsaid] = [new Tolerated(), new Tolerated()];
  const collector = new Collector(asked, variant === undefined ? tolerated : unsaid);
  collector.addData(file, data, queriesById([{ file, queries: data.MetricDataQueries ?? [] }]));
  const isAsked = ({ seconds, stream }: Monitored['logs']['lines'][number]) =>
    (asked.startSeconds === undefined || seconds >= asked.startSeconds) &&
    (asked.endSeconds === undefined || seconds < asked.endSeconds) &&
    (variant === undefined || stream.startsWith(`${variant}/`));
  return {
    ...saved,
    subject: {
      ...(kind === 'endpoint' ? {} : machines),
      ...saved.subject,
      variants: variants.filter((one) => variant === undefined || one.name === variant).map((one) => ({ ...machines, ...one })),
    },
    startSeconds,
    endSeconds,
    series: withinAsked(collector.finish(file, true), asked),
    logs: { ...saved.logs, lines: saved.logs.lines.filter(isAsked) },
    damage: [...saved.damage, ...tolerated.all()],
  };
}
