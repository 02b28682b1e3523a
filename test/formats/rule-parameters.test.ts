import { describe, expect, test } from 'vitest';
import { readRuleParameters } from '../../src/formats/rule-parameters.ts';

const parameters = { opt_out_telemetry: 'True', CPUBottleneck_threshold: '60' };
const lowGpu = { RuleConfigurationName: 'LowGpu', RuleParameters: { rule_to_invoke: 'LowGPUUtilization' } };
const named = { RuleConfigurationName: 'ProfilerReport-1648879000', RuleParameters: parameters };
const invoking = {
  RuleConfigurationName: 'mine',
  RuleEvaluatorImage: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/rules:latest',
  RuleParameters: { ...parameters, rule_to_invoke: 'ProfilerReport' },
};
const request = { TrainingJobName: 'train-1', HyperParameters: { epochs: '3' }, ProfilerRuleConfigurations: [lowGpu, named] };

function read(value: unknown): Record<string, string> {
  return readRuleParameters(typeof value === 'string' ? value : JSON.stringify(value), '--rule-parameters job.json');
}

describe('the parameters are found', () => {
  test.each<[string, unknown, Record<string, string>]>([
    ['alone', parameters, parameters],
    ['in one configuration', named, parameters],
    ['in a configuration of another name', invoking, invoking.RuleParameters],
    ['in a list', [lowGpu, named], parameters],
    ['in the list, preferring the rule that invokes it', [named, lowGpu, invoking], invoking.RuleParameters],
    ['in a training job', request, parameters],
    ['in a description of one', { ...request, ResponseMetadata: { HTTPStatusCode: 200 } }, parameters],
    [
      'in camel case',
      { profilerRuleConfigurations: [{ ruleConfigurationName: 'ProfilerReport', ruleParameters: parameters }] },
      parameters,
    ],
    ['with underscores', [{ rule_configuration_name: 'ProfilerReport', rule_parameters: parameters }], parameters],
    ['where a rule has none', { RuleConfigurationName: 'ProfilerReport' }, {}],
    ['where a rule has null', { RuleConfigurationName: 'ProfilerReport', RuleParameters: null }, {}],
    ['behind a byte order mark', `\uFEFF${JSON.stringify(parameters)}`, parameters],
    ['whatever they are called', '{"__proto__": "1", "constructor": "2"}', JSON.parse('{"__proto__": "1", "constructor": "2"}')],
  ])('%s', (_, value, expected) => {
    expect(Object.entries(read(value))).toEqual(Object.entries(expected));
  });
});

test.each<[string, unknown[], Record<string, string>]>([
  [
    'the other one opts out',
    [{ ...invoking, RuleParameters: { rule_to_invoke: 'ProfilerReport' } }, named],
    { opt_out_telemetry: 'True' },
  ],
  [
    'only the chosen one says it may be told',
    [named, { ...invoking, RuleParameters: { rule_to_invoke: 'ProfilerReport', opt_out_telemetry: false } }],
    { opt_out_telemetry: 'True' },
  ],
  [
    'none does',
    [
      { ...named, RuleParameters: { opt_out_telemetry: 'False' } },
      { ...invoking, RuleParameters: { rule_to_invoke: 'ProfilerReport' } },
    ],
    {},
  ],
  [
    'another rule does',
    [
      { ...lowGpu, RuleParameters: { opt_out_telemetry: '1' } },
      { ...invoking, RuleParameters: { rule_to_invoke: 'ProfilerReport' } },
    ],
    {},
  ],
])('of two ProfilerReport rules any no wins: %s', (_, rules, optOut) => {
  expect(read(rules)).toEqual({ rule_to_invoke: 'ProfilerReport', ...optOut });
});

test.each([
  'opt_out_telemety',
  'opt_out_telemtry',
  'optOutTelemetri',
  'opt-out-telemetery',
  'Opt_Out_Telemtery',
  'opt_out_telemetry2',
])('the misspelt name %s gets one line', (name) => {
  expect(() => read({ ...parameters, [name]: 'False' })).toThrow(
    `--rule-parameters job.json: ${JSON.stringify(name)} is no parameter: write "opt_out_telemetry".`,
  );
});

test.each(['opt_out', 'opt_out_of_something', 'optimizer', 'telemetry', 'optOutTelemetry', 'OPT-OUT-TELEMETRY'])(
  'the name %s is accepted',
  (name) => {
    expect(read({ [name]: 'x' })).toEqual({ [name]: 'x' });
  },
);

test('values become texts as the service keeps them', () => {
  expect(read({ a: true, b: false, c: 1, d: 0.2, e: 'true', f: '' })).toEqual({
    a: 'True',
    b: 'False',
    c: '1',
    d: '0.2',
    e: 'true',
    f: '',
  });
});

const PYTHON = 'write the file with json.dump(parameters, file).';

describe('wrong content gets one line', () => {
  test.each<[unknown, string]>([
    ["{'opt_out_telemetry': True}", ` is Python, not JSON (line 1, column 2): ${PYTHON}`],
    ['{\n  "opt_out_telemetry": True\n}', ` is Python, not JSON (line 2, column 24): ${PYTHON}`],
    ['{"a": None}', ` is Python, not JSON (line 1, column 7): ${PYTHON}`],
    ['{"a": u"b"}', ` is Python, not JSON (line 1, column 7): ${PYTHON}`],
    ['[Rule.sagemaker(x)]', ` is Python, not JSON (line 1, column 2): ${PYTHON}`],
    ['{"a": ', ' is not JSON: it cannot be read at line 1, column 7. Mend it there.'],
    ['', ' is not JSON: it cannot be read at line 1, column 1. Mend it there.'],
    ['{"a": "b",\n}', ' is not JSON: it cannot be read at line 2, column 1. Mend it there.'],
    ['{ // why\n"a": "b"}', ' is not JSON: it cannot be read at line 1, column 3. Mend it there.'],
    ['3', ' holds a number where parameters should be: write {"opt_out_telemetry": "True"}.'],
    [{ a: { b: 1 } }, ': "a" is an object: a parameter is a text, a number, true or false.'],
    [{ a: null }, ': "a" is null: a parameter is a text, a number, true or false.'],
    [{ ...named, RuleParameters: ['x'] }, ' holds a list where parameters should be: write {"opt_out_telemetry": "True"}.'],
    [[named, 'x'], ' lists a string among the rules: each is an object with RuleParameters.'],
    [
      [lowGpu, { RuleParameters: {} }],
      " configures LowGpu, one without a name, but not ProfilerReport: give a job with that rule, or the rule's parameters alone.",
    ],
    [
      { TrainingJobName: 'train-1', HyperParameters: {} },
      " configures no rule, and not ProfilerReport: give a job with that rule, or the rule's parameters alone.",
    ],
  ])('%j', (value, line) => {
    expect(() => read(value)).toThrow(`--rule-parameters job.json${line}`);
  });
});
