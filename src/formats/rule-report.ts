import type { Problem } from '../model/report.ts';
import type { RuleName } from '../model/rule-names.ts';
import type { RuleReport } from '../model/rule-report.ts';
import { count, plural, visibleName } from '../model/text.ts';
import { parsePythonJson } from './python-json.ts';
import { envelope, micros } from './rule-schemas.ts';
import { decodeTolerantly, isObject } from './tolerant.ts';

/** Most problems told of one file; the rest are counted. */
const MAX_PROBLEMS = 20;

/** Rules whose Details are keyed by node, with `last_timestamp` among the nodes. */
const KEYED_BY_NODE: readonly RuleName[] = ['LowGPUUtilization', 'GPUMemoryIncrease', 'BatchSize', 'LoadBalancing'];

/** Keys of the envelope without which a rule may not be judged. */
const PARTS = { RuleTriggered: 'triggered', Violations: 'violations', Datapoints: 'datapoints', Details: 'details' } as const;

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
    if (parsed.nonFinite > 0) tell([], `NaN or Infinity in ${plural(parsed.nonFinite, 'place')}: read as missing`);
  } catch {
    tell([], bytes.length === 0 ? 'the file is empty' : `not valid JSON (${count(bytes.length)} bytes): cut off or damaged`);
    return { problems };
  }
  if (!isObject(value)) {
    tell([], 'expected an object with RuleTriggered, Violations, Details, Datapoints and RuleParameters');
    return { problems };
  }

  const lastTimestamp = takeLastTimestamp(rule, value, tell);
  const { output, omissions } = decodeTolerantly(envelope(rule), value);
  for (const { path, message } of omissions) tell(path, `${message}: left out`);
  if (output === undefined) return { problems: limited(problems) };

  for (const key of Object.keys(PARTS)) {
    if (!omissions.some(({ path }) => path[0] === key) && !Object.hasOwn(value, key)) tell([key], 'missing');
  }
  const unread = Object.entries(PARTS).flatMap(([key, part]) => (output[key as keyof typeof PARTS] === undefined ? [part] : []));
  const longNames = { count: 0 };
  const details = withVisibleNames(output.Details ?? new Map(), longNames);
  if (longNames.count > 0) tell([], `${count(longNames.count)} names are very long: shown shortened`);
  return {
    report: {
      rule,
      triggered: output.RuleTriggered ?? 0,
      violations: output.Violations ?? 0,
      datapoints: output.Datapoints ?? 0,
      unread,
      parameters: parseParameters(output.RuleParameters ?? ''),
      details: shaped(rule, details, lastTimestamp),
    } as RuleReport<Name>,
    problems: limited(problems),
  };
}

/** Takes `Details.last_timestamp` out of `value`, and gives it back where it is a number. */
function takeLastTimestamp(
  rule: RuleName,
  value: Record<string, unknown>,
  tell: (path: readonly string[], message: string) => void,
): number | undefined {
  const details = value.Details;
  if (!KEYED_BY_NODE.includes(rule) || !isObject(details) || !Object.hasOwn(details, 'last_timestamp')) return undefined;
  const { output } = decodeTolerantly(micros, details.last_timestamp);
  delete details.last_timestamp;
  if (output === undefined) tell(['Details', 'last_timestamp'], 'expected microseconds since 1970: left out');
  return output;
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
    if (at instanceof Map) return distinctNames(at, name, walk);
    if (Array.isArray(at)) return typeof at[0] === 'string' ? at.map(name) : at;
    if (!isObject(at)) return at;
    return Object.fromEntries(Object.entries(at).map(([key, item]) => [key, walk(item)]));
  };
  return walk(value);
}

/** Two names that would look the same are numbered: `a`, `a (2)`. */
function distinctNames(map: ReadonlyMap<string, unknown>, name: (raw: string) => string, walk: (item: unknown) => unknown) {
  const distinct = new Map<string, unknown>();
  for (const [key, item] of map) {
    const visible = name(key);
    let unique = visible;
    for (let n = 2; distinct.has(unique); n++) unique = `${visible} (${n})`;
    distinct.set(unique, walk(item));
  }
  return distinct;
}

function limited(problems: readonly Problem[]): Problem[] {
  const [first] = problems;
  if (first === undefined || problems.length <= MAX_PROBLEMS) return [...problems];
  const rest = { file: first.file, path: '', message: `${count(problems.length - MAX_PROBLEMS)} more problems of this kind` };
  return [...problems.slice(0, MAX_PROBLEMS), rest];
}
