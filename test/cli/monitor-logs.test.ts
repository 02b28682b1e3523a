import { afterEach, expect, test } from 'vitest';
import { testKeys } from '../aws-environment.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from '../cloudwatch/server.ts';
import { worldOf } from '../cloudwatch/world.ts';
import { command, newFolder } from './command.ts';

const HOUR_AGO = Math.floor(Date.now() / 1000) - 3600;
const line = (seconds: number, message: string) => ({ timestamp: (HOUR_AGO + seconds) * 1000, message });

const WORLD = worldOf({
  nowSeconds: HOUR_AGO + 3600,
  logs: {
    '/aws/sagemaker/NotebookInstances': {
      'lab/LifecycleConfigOnCreate': [
        line(0, 'installing'),
        line(2, 'export TOKEN=abc12345'),
        line(3, 'pip: ERROR: no space left'),
      ],
      'lab/LifecycleConfigOnStart': [line(1, 'starting'), line(-4 * 86_400, 'long ago')],
      'lab-2/LifecycleConfigOnStart': [line(1, 'of another')],
    },
  },
});

let server: CloudWatchServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function logs(args: readonly string[], settings: ServerSettings = {}, world = WORLD) {
  server = await startCloudWatchServer(world, settings);
  const env = { ...testKeys, AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'eu-west-1' };
  return command(['monitor', 'logs', 'notebook-instance', ...args], { cwd: newFolder(), env });
}

const told = (stdout: string) => stdout.split('\n').map((text) => text.replace(/^.{23} {2}/, ''));

test('prints what the hooks of one notebook instance wrote, masked, in order of time', async () => {
  const { code, stdout, stderr } = await logs(['lab']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(told(stdout)).toEqual([
    'LifecycleConfigOnCreate  installing',
    'LifecycleConfigOnStart  starting',
    'LifecycleConfigOnCreate  export TOKEN=[masked: token]',
    'LifecycleConfigOnCreate  pip: ERROR: no space left',
    '4 lines, 1 of them like an error.',
    '',
  ]);
});

test('prints only lines that match, and as far back as asked', async () => {
  const { stdout } = await logs(['lab', '--last', '1w', '--grep', 'long|start']);
  expect(told(stdout).slice(0, 3)).toEqual([
    'LifecycleConfigOnStart  long ago',
    'LifecycleConfigOnStart  starting',
    '2 lines, none of them like an error.',
  ]);
});

test.each([
  [['no_such!'], {}, WORLD, '"no_such!" is not the name of a notebook instance'],
  [['lab', '--grep', '('], {}, WORLD, "--grep '(' is no regular expression"],
  [['lab', '--last', 'soon'], {}, WORLD, '--last "soon" is no length of time'],
  [['lab'], { denied: ['FilterLogEvents'] }, WORLD, 'Your credentials do not allow logs:FilterLogEvents'],
  [['lab'], {}, worldOf({ nowSeconds: HOUR_AGO }), 'There is no log group /aws/sagemaker/NotebookInstances'],
] as const)('says in one line what is wrong: %s %j', async (args, settings, world, message) => {
  const { code, stderr } = await logs(args, settings, world);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('says that there are more lines than it prints', async () => {
  const stream = Array.from({ length: 10_007 }, (_, i) => line(i / 10, `step ${i}`));
  const given = { '/aws/sagemaker/NotebookInstances': { 'lab/LifecycleConfigOnCreate': stream } };
  const { code, stdout, stderr } = await logs(['lab'], {}, worldOf({ nowSeconds: HOUR_AGO + 3600, logs: given }));
  expect(code).toBe(0);
  expect(stdout).toContain('10,000 lines, none of them like an error.');
  expect(stderr).toBe('profiler-report: 7 more log lines match than are kept: ask for a shorter time.\n');
});
