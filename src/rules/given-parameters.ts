import { editDistance } from '../model/edit-distance.ts';
import { list, number } from '../model/text.ts';
import type { AnyRule } from './rule.ts';

/** Parameters of rules that differ from their defaults: rule to parameter to value. */
export type GivenParameters = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A parameter that is not used, and why. */
interface Refused {
  readonly name: string;
  /** A clause that goes on from the name, and says how to mend it. */
  readonly reason: string;
}

/** Parameters of the ProfilerReport rule that are none of a single rule's. */
const OTHERS = ['rule_to_invoke', 'opt_out_telemetry', 'scan_interval_us', 'processing_job_arn'];

/**
 * Parameters by their full names, `LowGPUUtilization_threshold_p95`, case aside. What is no parameter of these rules is refused, with the
 * nearest one named; so is a value that is no number where one is needed, or out of range.
 */
export function givenParameters(
  parameters: Readonly<Record<string, string>>,
  rules: readonly AnyRule[],
): { readonly given: GivenParameters; readonly refused: readonly Refused[] } {
  const known = rules.flatMap((rule) => Object.keys(rule.defaults).map((name) => ({ rule, name, full: `${rule.name}_${name}` })));
  const given = new Map<string, Map<string, string>>();
  const refused: Refused[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (OTHERS.includes(name.toLowerCase())) continue;
    const found = known.find(({ full }) => full.toLowerCase() === name.trim().toLowerCase());
    const reason = found
      ? wrongValue(found.rule, found.name, value.trim())
      : `is no parameter of a rule: ${nearest(
          name,
          known.map(({ full }) => full),
        )}`;
    if (reason !== undefined) refused.push({ name, reason });
    else if (found) given.set(found.rule.name, (given.get(found.rule.name) ?? new Map()).set(found.name, value.trim()));
  }
  return { given, refused };
}

/** All parameters of a rule in their order, the given ones in place of the defaults. */
export function parametersWith({ name, defaults, repeats = {} }: AnyRule, given: GivenParameters): ReadonlyMap<string, string> {
  const own = given.get(name) ?? new Map<string, string>();
  const all = new Map([...Object.entries(defaults), ...own]);
  for (const pair of Object.entries(repeats)) {
    const value = pair.map((parameter) => own.get(parameter)).findLast((text) => text !== undefined);
    if (value !== undefined) for (const parameter of pair) all.set(parameter, value);
  }
  return all;
}

function wrongValue({ defaults, ranges }: AnyRule, name: string, value: string): string | undefined {
  // The rule's file has a line for each.
  if (/\p{Cc}/u.test(value)) return 'has a control character: write it without';
  if (!Number.isFinite(Number(defaults[name]))) return undefined;
  const [least, largest] = ranges?.[name] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (value === '' || !Number.isFinite(Number(value))) return `is ${JSON.stringify(value)}: write a number`;
  if (name === 'window' && !Number.isInteger(Number(value))) return `is ${value}: write a whole number of samples`;
  if (Number(value) >= least && Number(value) <= largest) return undefined;
  if (largest === Number.POSITIVE_INFINITY) return `is ${value}: write ${number(least)} or more`;
  return `is ${value}: write a number from ${number(least)} to ${number(largest)}`;
}

/** The parameter that was meant; where the rule is known, one of its own. */
function nearest(name: string, known: readonly string[]): string {
  const asked = name.toLowerCase();
  const ofRule = known.filter((full) => asked.startsWith(`${full.split('_')[0]?.toLowerCase()}_`));
  const byDistance = (ofRule.length > 0 ? ofRule : known)
    .map((full) => ({ full, distance: editDistance(asked, full.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = byDistance;
  if (best && best.distance <= best.full.length / 4) return `write ${best.full}`;
  return ofRule.length > 0
    ? `its rule has ${list(ofRule, 8)}`
    : `write <Rule>_<parameter>, for example ${best?.full ?? 'LowGPUUtilization_patience'}`;
}
