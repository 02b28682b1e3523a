/**
 * Makes a rule that the service did not have, from one that works: source, advice and test, and its place in the list of rules.
 *
 *   npm run new:rule -- MyRule
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_NAMES, ruleId } from '../src/model/rule-names.ts';
import { ADDED_RULES, ENDPOINT_RULES, JOB_RULES } from '../src/rules/index.ts';

const root = join(import.meta.dirname, '..');
const EXAMPLE = 'test/fixtures/new-rule';
const LIST = 'src/rules/index.ts';

const [name = ''] = process.argv.slice(2);
if (!/^[A-Z][A-Za-z0-9]+$/.test(name)) fail(`${JSON.stringify(name)} is no name of a rule: write it like MyRule.`);
if (
  [...RULE_NAMES, ...[...ADDED_RULES, ...JOB_RULES, ...ENDPOINT_RULES].map((rule) => rule.name)].some(
    (taken) => ruleId(taken) === ruleId(name),
  )
)
  fail(`there is a rule ${name} already.`);

const id = ruleId(name);
const variable = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const title = id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
const made = {
  [`src/rules/${id}.ts`]: renamed('rule.ts').replaceAll('../../../src/rules/', './').replaceAll('../../../src/', '../'),
  [`templates/advice/${id}.md`]: read(`${EXAMPLE}/advice.md`),
  [`test/rules/${id}.test.ts`]: renamed('rule.test.ts')
    .replace('./rule.ts', `../../src/rules/${id}.ts`)
    .replaceAll('../../../src/', '../../src/')
    .replace('../../small-run.ts', '../small-run.ts'),
};
const taken = Object.keys(made).find((path) => existsSync(join(root, path)));
if (taken) fail(`${taken} is there already.`);

for (const [path, text] of Object.entries(made)) writeFileSync(join(root, path), text);
const listed = read(LIST).replace(
  /(ADDED_RULES: readonly AddedRule\[\] = \[)([^\]]*)\]/,
  (_, start: string, rules: string) => `${start}${[...rules.split(',').filter((rule) => rule.trim()), variable].join(',')}]`,
);
writeFileSync(join(root, LIST), `import { ${variable} } from './${id}.ts';\n${listed}`);
spawnSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', LIST, ...Object.keys(made)], { cwd: root });

console.log(`Made ${[...Object.keys(made), LIST].join(', ')}.`);
console.log(`It judges the memory of the host: make it yours, then run npm test -- test/rules/${id}.test.ts.`);

function renamed(file: string): string {
  const text = read(`${EXAMPLE}/${file}`);
  return text.replaceAll('hostMemory', variable).replaceAll('HostMemory', name).replaceAll('Host memory', title);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
