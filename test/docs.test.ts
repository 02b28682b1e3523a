import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { embedded, helpOf, pages } from '../scripts/embeds.ts';

const root = join(import.meta.dirname, '..');

/** The command and, where it has any, the subcommand of a line. */
const COMMAND =
  /^profiler-report ([a-z-]+(?: (?:show|grant|deny|revoke|import|forget|(?:alarms )?endpoint|(?:training|transform|processing)-job)\b)?)/;

describe.each(pages())('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  test('embeds what the source says now (npm run docs mends it)', () => {
    expect(text).toBe(embedded(page));
  });

  test('uses commands and options that exist', () => {
    const shell = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.split('\n'));
    const missing = shell.flatMap((line) => {
      const [, command] = COMMAND.exec(line) ?? [];
      if (command === undefined) return [];
      const known = helpOf(command);
      return [...line.matchAll(/ (--?[a-z-]+)/g)].filter(([, option]) => !new RegExp(`^ +.*${option}[ ,]`, 'm').test(known));
    });
    expect(missing).toEqual([]);
  });

  test('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, page, '..', target)))).toEqual([]);
  });
});
