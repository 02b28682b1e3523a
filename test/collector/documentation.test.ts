import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../cli/command.ts';
import { startCollector } from './collector.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/collector.md'), 'utf8');

/** Arguments of every collector in the page's examples, in a shell, a unit or a container file. */
const examples = page
  .split('\n')
  .filter((line) => /^(profiler-report|ExecStart=\S+|ENTRYPOINT \["profiler-report",) "?collect\b/.test(line))
  .map((line) =>
    line.startsWith('ENTRYPOINT')
      ? (JSON.parse(line.slice('ENTRYPOINT '.length)) as string[]).slice(1)
      : line.split(' ').slice(1),
  );

test('there are three', () => expect(examples).toHaveLength(3));

test.each(examples.map((args) => ({ args })))('starts as documented: $args', async ({ args: [, ...args] }) => {
  const ours: Readonly<Record<string, string>> = {
    '--port': '0',
    '--database': join(newFolder(), 'usage.db'),
    '--host': '127.0.0.1',
  };
  const more = args.map((arg, i) => ours[args[i - 1] ?? ''] ?? arg);
  const collector = await startCollector('replaced', { more });
  expect((await collector.open()).status).toBe(200);
  expect((await collector.end('SIGTERM')).code).toBe(0);
});
