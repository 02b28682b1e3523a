import { type ParseError, parse } from 'jsonc-parser';
import { UsageError } from '../model/errors.ts';
import { isMisspeltOptOut } from '../model/opt-out-parameter.ts';
import { profilerReportRule, type RuleConfiguration } from '../model/rule-configuration.ts';
import { isObject } from './tolerant.ts';

/** What a Python literal has and JSON has not, where JSON stops making sense. */
const PYTHON = /^(?:'|[bfru]{1,2}["']|(?:True|False|None)\b|[A-Za-z_][\w.]*\(|\()/i;

/**
 * Parameters of the ProfilerReport rule out of JSON: the parameters themselves, one entry of `ProfilerRuleConfigurations`, the list of
 * them, or a whole training job, as request or as description. Values become texts as the service keeps them: true is `True`.
 * Throws a UsageError where there are none; `named` says where the text was given, for example `--rule-parameters job.json`.
 */
export function readRuleParameters(text: string, named: string): Record<string, string> {
  const value = parseJson(text.replace(/^\uFEFF/, ''), named);
  const rules = rulesOf(value);
  if (rules === undefined) return parametersOf(value, named);

  const configurations = rules.map((rule) => configurationOf(rule, named));
  const rule = profilerReportRule(configurations);
  if (rule) return { ...rule.RuleParameters };
  const others = configurations.map(({ RuleConfigurationName }) => RuleConfigurationName ?? 'one without a name');
  const found = others.length > 0 ? `configures ${others.join(', ')}, but not` : 'configures no rule, and not';
  throw new UsageError(`${named} ${found} ProfilerReport: give a job with that rule, or the rule's parameters alone.`);
}

/** The configurations that a value holds; undefined where it is none of the forms that hold any. */
function rulesOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const rules = field(value, 'ProfilerRuleConfigurations');
  if (Array.isArray(rules)) return rules;
  if (field(value, 'TrainingJobName') !== undefined) return [];
  const single = field(value, 'RuleConfigurationName') ?? field(value, 'RuleParameters');
  return single === undefined ? undefined : [value];
}

function configurationOf(rule: unknown, named: string): RuleConfiguration {
  if (!isObject(rule))
    throw new UsageError(`${named} lists ${kindOf(rule)} among the rules: each is an object with RuleParameters.`);
  const name = field(rule, 'RuleConfigurationName');
  return {
    RuleConfigurationName: typeof name === 'string' ? name : undefined,
    RuleParameters: parametersOf(field(rule, 'RuleParameters') ?? {}, named),
  };
}

function parametersOf(value: unknown, named: string): Record<string, string> {
  if (!isObject(value)) {
    throw new UsageError(`${named} holds ${kindOf(value)} where parameters should be: write {"opt_out_telemetry": "True"}.`);
  }
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, parameterText(name, content, named)]));
}

function parameterText(name: string, value: unknown, named: string): string {
  if (isMisspeltOptOut(name))
    throw new UsageError(`${named}: ${JSON.stringify(name)} is no parameter: write "opt_out_telemetry".`);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new UsageError(`${named}: ${JSON.stringify(name)} is ${kindOf(value)}: a parameter is a text, a number, true or false.`);
}

/** The API's names begin with a capital, dumps of some clients do not, and those of others have underscores. */
function field(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(object).find((candidate) => candidate.replaceAll('_', '').toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (object[key] ?? undefined);
}

function parseJson(text: string, named: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const offset = errors[0]?.offset ?? text.length;
    const lines = text.slice(0, offset).split('\n');
    const place = `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
    throw new UsageError(
      PYTHON.test(text.slice(offset))
        ? `${named} is Python, not JSON (${place}): write the file with json.dump(parameters, file).`
        : `${named} is not JSON: it cannot be read at ${place}. Mend it there.`,
    );
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
