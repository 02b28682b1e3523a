import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OLDEST_NODE, requireNode } from '../../src/cli/node-version.ts';

test.each(['22.13.0', '22.20.1', '24.0.0'])('Node %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(['18.20.4', '20.20.2', '22.12.0'])('Node %s is told to be too old', (version) => {
  expect(() => requireNode(version)).toThrow(`needs Node 22.13 or newer, and this is ${version}: install a newer Node.`);
});

test('the oldest is the one of package.json', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});
