import { pythonJson } from './python-json.ts';

/** What stands in a rule's file. */
export interface RuleFile {
  readonly triggered: number;
  readonly violations: number;
  readonly datapoints: number;
  readonly details: Readonly<Record<string, unknown>>;
  /** In the order in which the service tells them. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A rule's file as the service writes it: one line, its keys in the service's order. */
export function encodeRuleFile({ triggered, violations, datapoints, details, parameters }: RuleFile): Uint8Array {
  const text = pythonJson({
    RuleTriggered: triggered,
    Violations: violations,
    Details: details,
    Datapoints: datapoints,
    RuleParameters: [...parameters].map(([name, value]) => `${name}:${value}`).join('\n'),
  });
  return new TextEncoder().encode(text);
}
