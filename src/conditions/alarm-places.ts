import { UsageError } from '../model/errors.ts';
import type { Subject, Variant } from '../model/monitored.ts';
import { list, visibleName } from '../model/text.ts';
import type { Condition } from './condition.ts';
import { conditionText } from './print.ts';

/** The variants that a condition is about. Throws a UsageError for one that the endpoint does not have, and for a condition on a host. */
export function variantsFor(condition: Condition, { name, variants }: Subject): readonly Variant[] {
  const { variant, host } = condition.where;
  if (host !== undefined) throw new UsageError(`"${conditionText(condition)}": instances come and go, alarms are for variants.`);
  const found = variants.filter((one) => variant === undefined || one.name === variant);
  if (found.length > 0) return found;
  const names = variants.map((one) => visibleName(one.name));
  throw new UsageError(`"${conditionText(condition)}": ${name} has no variant ${variant} here, only ${list(names, 9)}.`);
}

/** An alarm on a container's latency is on one container: its name, or undefined of other metrics. */
export function containersFor(condition: Condition, { name, containers }: Variant): readonly (string | undefined)[] {
  const { container } = condition.where;
  if (condition.metric !== 'ContainerLatency' || container !== undefined) return [container];
  if (containers.length > 0) return containers;
  throw new UsageError(
    `"${conditionText(condition)}": which containers variant ${name} has is not known: add "on container NAME".`,
  );
}
