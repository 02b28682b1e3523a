import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { readRuleParameters } from '../../src/formats/rule-parameters.ts';

const folder = resolve(import.meta.dirname, '../../deploy/sagemaker');
const file = (name: string) => readFileSync(join(folder, name), 'utf8');
const request = JSON.parse(file('create-training-job.json'));
const python = (code: string, ...args: string[]) =>
  execFileSync(resolve(import.meta.dirname, '../../.venv/bin/python'), ['-c', code, ...args], {
    encoding: 'utf8',
    env: { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' },
  }).trim();

test('the Dockerfile has no fault a linter finds, and starts the rule', () => {
  expect(validate(file('Dockerfile'))).toEqual([]);
  expect(validate('FORM node')).not.toEqual([]);
  expect(file('Dockerfile')).toContain('ENTRYPOINT ["profiler-report", "rule"]');
});

const CHECK = `
import json, sys, boto3
from botocore.validate import ParamValidator
shape = boto3.client("sagemaker").meta.service_model.operation_model("CreateTrainingJob").input_shape
print(ParamValidator().validate(json.loads(sys.argv[1]), shape).generate_report())`;

test('the request is one that the service model of the AWS CLI and Boto3 knows', () => {
  expect(python(CHECK, JSON.stringify(request))).toBe('');
  expect(python(CHECK, JSON.stringify({ ...request, ProfilerRules: [] }))).toContain('ProfilerRules');
});

test('Boto3 sends the same request', () => {
  const code = `import json, sys; sys.path.insert(0, sys.argv[1]); import boto3_request; print(json.dumps(boto3_request.request))`;
  expect(JSON.parse(python(code, folder))).toEqual(request);
});

test('the Python SDK gives the rule the same parameters', () => {
  const code = `
import ast, json, sys
calls = [node for node in ast.walk(ast.parse(open(sys.argv[1]).read())) if isinstance(node, ast.Call)]
[rule] = [call for call in calls if ast.unparse(call.func) == "ProfilerRule.custom"]
print(json.dumps({k.arg: ast.literal_eval(k.value) for k in rule.keywords if k.arg in ("name", "rule_parameters")}))`;
  const told = JSON.parse(python(code, join(folder, 'python_sdk.py')));
  expect(told.name).toBe(request.ProfilerRuleConfigurations[0].RuleConfigurationName);
  expect(told.rule_parameters).toEqual(request.ProfilerRuleConfigurations[0].RuleParameters);
});

test('the parameters of the request are found as those of the rule', () => {
  expect(readRuleParameters(JSON.stringify(request), 'request')).toMatchObject({ opt_out_telemetry: 'True' });
});
