import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RULE_NAMES } from '../../src/model/rule-names.ts';
import { ENDPOINT_RULES, JOB_RULES } from '../../src/rules/index.ts';

const folder = join(import.meta.dirname, '..', '..', 'templates', 'advice');
const judging = [
  ...RULE_NAMES.filter((rule) => !rule.startsWith('Overall')),
  ...[...JOB_RULES, ...ENDPOINT_RULES].map(({ name }) => name),
];

test('each rule that can find an issue has advice, and nothing else has', () => {
  const squeezed = readdirSync(folder).map((file) => file.replace('.md', '').replaceAll('-', ''));
  expect(squeezed.sort()).toEqual(judging.map((rule) => rule.toLowerCase()).sort());
});

test.each(readdirSync(folder))('%s tells why, what to do and how to check', (file) => {
  const parts = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n\n');
  expect(parts).toHaveLength(3);
  const [why = '', list = '', check = ''] = parts;
  expect(why).toMatch(/^[A-Z][^\n]+\.$/);
  const bullets = list.split('\n');
  expect(bullets.length).toBeGreaterThanOrEqual(4);
  expect(bullets.length).toBeLessThanOrEqual(6);
  for (const bullet of bullets) expect(bullet).toMatch(/^- [A-Z][a-z]+ .+\.$/);
  expect(check).toMatch(/^How to check: [^\n]+\.$/);
});
