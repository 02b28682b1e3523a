import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashOfArn } from '../../src/consent/usage.ts';
import { command, newFolder } from './command.ts';
import { writeRules } from './jobs.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/mnist-profilerreport-1648879000';
const ENDPOINT = 'https://stats.example.org/count';
const ASKING = ['--processing-job-arn', ARN, '--beacon-endpoint', ENDPOINT];

/** What a report that may ask holds, and a silent one must not. */
const BEACON = {
  html: [ENDPOINT, 'x-arn', 'x-artifact-id', 'fetch(', 'connect-src'],
  ipynb: [ENDPOINT, 'x-arn', 'x-artifact-id', 'urlopen'],
};
const ANYWHERE = [...BEACON.html, ...BEACON.ipynb, 'sendBeacon', 'XMLHttpRequest', 'WebSocket', 'EventSource'];

interface Made {
  readonly code: number | null;
  readonly stderr: string;
  readonly html: string;
  readonly ipynb: string;
  readonly usage: { readonly kind: string; readonly reason?: string };
}

type Argument = string | { readonly file: unknown };

async function generate(args: readonly Argument[], env: Record<string, string> = {}, cwd = newFolder()): Promise<Made> {
  const [job, place] = [newFolder(), newFolder()];
  writeRules(job);
  const home = newFolder();
  const { code, stdout, stderr } = await command(['generate', job, '-o', place, '--json', ...args.map(writtenDown)], {
    env: { HOME: home, ...env },
    cwd,
  });
  const read = (name: string) => (code === 0 ? readFileSync(join(place, name), 'utf8') : '');
  const usage = code === 0 ? JSON.parse(stdout).usage : {};
  return { code, stderr, html: read('profiler-report.html'), ipynb: read('profiler-report.ipynb'), usage };
}

function found({ html, ipynb }: Made): string[] {
  return ANYWHERE.filter((text) => html.includes(text) || ipynb.includes(text));
}

/** What is given as `file` is written to one, as JSON unless it is a text. */
function writtenDown(argument: Argument): string {
  if (typeof argument === 'string') return argument;
  const { file: value } = argument;
  const file = join(newFolder(), 'parameters.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

test('a report with an endpoint holds what it takes to tell it, in html and notebook', async () => {
  const made = await generate(ASKING);
  expect(made.usage).toEqual({ kind: 'asking', endpoint: ENDPOINT, arn: ARN, hashed: false });
  for (const text of BEACON.html) expect(made.html).toContain(text);
  for (const text of BEACON.ipynb) expect(made.ipynb).toContain(text);
  expect(made.html).not.toContain('sendBeacon');
});

test('with --beacon-arn hashed the request holds the hash', async () => {
  const made = await generate([...ASKING, '--beacon-arn', 'hashed']);
  expect(made.html).toContain(`x-arn&#x3D;${hashOfArn(ARN)}`);
  expect(made.html).not.toContain(`x-arn&#x3D;${ARN}`);
});

describe('a report holds no trace of a beacon', () => {
  const training = {
    TrainingJobName: 'mnist',
    ProfilerRuleConfigurations: [
      {
        RuleConfigurationName: 'ProfilerReport',
        RuleParameters: { rule_to_invoke: 'ProfilerReport', opt_out_telemetry: 'True' },
      },
    ],
  };
  const [rule] = training.ProfilerRuleConfigurations;
  const owner = "the job's owner opted out (opt_out_telemetry)";

  test.each<[string, Argument[], Record<string, string>, string]>([
    ['without an endpoint', [], {}, 'no endpoint is configured: there is nobody to tell'],
    ['after --opt-out-telemetry', [...ASKING, '--opt-out-telemetry'], {}, owner],
    ['after rule parameters', [...ASKING, '--rule-parameters', { file: rule?.RuleParameters }], {}, owner],
    ['after a rule configuration', [...ASKING, '--rule-parameters', { file: rule }], {}, owner],
    ['after a list of them', [...ASKING, '--rule-parameters', { file: [rule] }], {}, owner],
    ['after a training job request', [...ASKING, '--rule-parameters', { file: training }], {}, owner],
    ['with OPT_OUT_TRACKING', ASKING, { OPT_OUT_TRACKING: 'TRUE' }, 'OPT_OUT_TRACKING is set in the environment'],
    ['with DO_NOT_TRACK', ASKING, { DO_NOT_TRACK: '1' }, 'DO_NOT_TRACK is set in the environment'],
  ])('%s', async (_, args, env, reason) => {
    const made = await generate(args, env);
    expect(made).toMatchObject({ code: 0, stderr: '', usage: { kind: 'silent', reason } });
    expect(found(made)).toEqual([]);
  });

  test('where a config file says so, whatever the flags', async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'profiler-report.config.json'), JSON.stringify({ opt_out_telemetry: 'True' }));
    const made = await generate(ASKING, {}, cwd);
    expect(made.usage.kind).toBe('silent');
    expect(found(made)).toEqual([]);
  });
});

test('rule parameters that do not opt out leave the report as it is, and are shown in it', async () => {
  const made = await generate([
    ...ASKING,
    '--rule-parameters',
    { file: { opt_out_telemetry: 'False', LowGPUUtilization_window: '400' } },
  ]);
  expect(made.usage.kind).toBe('asking');
  expect(made.html).toContain('LowGPUUtilization_window');
});

test('a config file names the endpoint; a flag goes before it; where nobody knows the job the report stays silent', async () => {
  const cwd = newFolder();
  const config = { beacon_endpoint: 'https://other.example/', beacon_arn: 'hashed' };
  writeFileSync(join(cwd, 'profiler-report.config.json'), JSON.stringify(config));
  const arn = ['--processing-job-arn', ARN];
  expect((await generate(arn, {}, cwd)).usage).toMatchObject({ endpoint: 'https://other.example/', hashed: true });
  const flagged = await generate([...ASKING, '--beacon-arn', 'plain'], {}, cwd);
  expect(flagged.usage).toMatchObject({ endpoint: ENDPOINT, hashed: false });
  expect((await generate([], {}, cwd)).usage).toMatchObject({ kind: 'silent', reason: expect.stringContaining('not known') });
});

describe('wrong input gets one line', () => {
  test.each<[Argument[], string]>([
    [['--beacon-endpoint', ENDPOINT], 'Name it with --processing-job-arn'],
    [['--beacon-endpoint', 'stats.example.org'], 'is not a URL'],
    [[...ASKING, '--beacon-arn', 'sha'], 'hashed'],
    [[...ASKING, '--rule-parameters', '/nowhere/rule.json'], 'it does not exist'],
    [[...ASKING, '--rule-parameters', { file: "{'opt_out_telemetry': True}" }], 'Python'],
    [[...ASKING, '--rule-parameters', { file: '{"a": ' }], 'parameters.json'],
  ])('%j', async (args, line) => {
    const { code, stderr } = await generate(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^profiler-report: .*\n$/);
    expect(stderr).toContain(line);
  });
});
