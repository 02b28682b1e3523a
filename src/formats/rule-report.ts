import type { Problem } from '../model/report.ts';
import type { RuleName } from '../model/rule-names.ts';
import type { RuleReport } from '../model/rule-report.ts';
import { count, visibleName } from '../model/text.ts';
import { parsePythonJson } from './python-json.ts';
import { envelope } from './rule-schemas.ts';
import { decodeTolerantly, isObject } from './tolerant.ts';

/** Most problems told of one file; the rest are counted. */
const MAX_PROBLEMS = 20;

/** Rules whose Details are keyed by node, with `last_timestamp` among the nodes. */
const KEYED_BY_NODE: readonly RuleName[] = ['LowGPUUtilization', 'GPUMemoryIncrease', 'BatchSize', 'LoadBalancing'];

export interface DecodedFile<Name extends RuleName> {
  /** Absent where nothing could be read. */
  readonly report?: RuleReport<Name>;
  readonly problems: readonly Problem[];
}

/** Decodes one rule file, as the service or this project writes it, leaving out what is damaged and saying so. */
export function decodeRuleReport<Name extends RuleName>(rule: Name, bytes: Uint8Array): DecodedFile<Name> {
  const file = `${rule}.json`;
  const problems: Problem[] = [];
  const tell = (path: readonly string[], message: string) => {
    problems.push({ file, path: path.map(visibleName).join('.'), message: visibleName(message) });
  };

  let value: unknown;
  try {
    const parsed = parsePythonJson(bytes);
    value = parsed.value;
    if (parsed.nonFinite > 0) tell([], `${count(parsed.nonFinite)} values are NaN or Infinity: read as missing`);
  } catch {
    tell([], bytes.length === 0 ? 'the file is empty' : `not valid JSON (${count(bytes.length)} bytes): cut off or damaged`);
    return { problems };
  }
  if (!isObject(value)) {
    tell([], 'expected an object with RuleTriggered, Violations, Details, Datapoints and RuleParameters');
    return { problems };
  }

  const lastTimestamp = takeLastTimestamp(rule, value);
  const { output, omissions } = decodeTolerantly(envelope(rule), value);
  for (const { path, message } of omissions) tell(path, `${message}: left out`);
  if (output === undefined) return { problems: limited(problems) };

  const whole = (key: 'RuleTriggered' | 'Violations' | 'Datapoints') => {
    const found = output[key];
    if (found === undefined) tell([key], 'missing: read as 0');
    return found ?? 0;
  };
  const [triggered, violations, datapoints] = [whole('RuleTriggered'), whole('Violations'), whole('Datapoints')];
  if (output.Details === undefined) tell(['Details'], 'missing: read as empty');
  const longNames = { count: 0 };
  const details = withVisibleNames(output.Details ?? new Map(), longNames);
  if (longNames.count > 0) tell([], `${count(longNames.count)} names are very long: shown shortened`);
  return {
    report: {
      rule,
      triggered,
      violations,
      datapoints,
      parameters: parseParameters(output.RuleParameters ?? ''),
      details: shaped(rule, details, lastTimestamp),
    } as RuleReport<Name>,
    problems: limited(problems),
  };
}

/** Takes `Details.last_timestamp` out of `value`: a number where it is one. */
function takeLastTimestamp(rule: RuleName, value: Record<string, unknown>): number | undefined {
  const details = value.Details;
  if (!KEYED_BY_NODE.includes(rule) || !isObject(details) || !Object.hasOwn(details, 'last_timestamp')) return undefined;
  const micros = Number(details.last_timestamp);
  if (!Number.isFinite(micros)) return undefined; // stays in place, and is told as a node that is not one
  delete details.last_timestamp;
  return micros;
}

function shaped(rule: RuleName, details: unknown, lastTimestampMicros: number | undefined): unknown {
  if (KEYED_BY_NODE.includes(rule)) {
    return { nodes: details, ...(lastTimestampMicros === undefined ? {} : { lastTimestampMicros }) };
  }
  const empty = details instanceof Map && details.size === 0;
  const hasBottlenecks = rule === 'CPUBottleneck' || rule === 'IOBottleneck';
  if (empty && rule !== 'OverallSystemUsage') return hasBottlenecks ? { bottlenecks: [] } : {};
  return details;
}

/** `name:value` lines, by name. A line without a colon is a name without value. */
function parseParameters(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? [visibleName(line.trim()), '']
        : [visibleName(line.slice(0, colon).trim()), visibleName(line.slice(colon + 1).trim())];
    }),
  );
}

/** The same value with every name made fit to be shown; counts those that had to be shortened. */
function withVisibleNames(value: unknown, shortened: { count: number }): unknown {
  const name = (raw: string) => {
    const visible = visibleName(raw);
    if (visible.length < raw.length) shortened.count++;
    return visible;
  };
  const walk = (at: unknown): unknown => {
    if (typeof at === 'string') return name(at);
    if (at instanceof Map) return new Map([...at].map(([key, item]) => [name(key), walk(item)]));
    if (Array.isArray(at)) return typeof at[0] === 'string' ? at.map(name) : at;
    if (!isObject(at)) return at;
    return Object.fromEntries(Object.entries(at).map(([key, item]) => [key, walk(item)]));
  };
  return walk(value);
}

function limited(problems: readonly Problem[]): Problem[] {
  const [first] = problems;
  if (first === undefined || problems.length <= MAX_PROBLEMS) return [...problems];
  const rest = { file: first.file, path: '', message: `${count(problems.length - MAX_PROBLEMS)} more problems of this kind` };
  return [...problems.slice(0, MAX_PROBLEMS), rest];
}
