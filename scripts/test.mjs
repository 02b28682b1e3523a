// `npm test`: sets up what the tests need, then runs every check. `npm test -- <arguments>` runs only vitest, with these arguments.

import { build, installChromium, installPackages, installPostgres, installPython, main, run, stage } from './setup.mjs';
import { testCounts } from './test-counts.mjs';

const CHECKS = [
  ['format and lint', 'biome', ['check', '--error-on-warnings']],
  ['types', 'tsc', []],
  ['types without Node', 'tsc', ['-p', 'tsconfig.core.json']],
  ['unused code', 'knip', ['--no-progress']],
];

main(() => {
  stage('packages', installPackages);
  stage('build', build);
  stage('python packages', installPython);
  stage('chromium', installChromium);
  stage('postgresql', installPostgres);
  const vitestArgs = process.argv.slice(2);
  const vitest = () => stage('tests', () => run('vitest', ['run', ...vitestArgs]) && 'passed');
  if (vitestArgs.length > 0) return vitest();

  const failed = CHECKS.filter(([name, tool, args]) => !stage(name, () => run(tool, args) && 'clean')).map(([name]) => name);
  if (!vitest()) failed.push('tests');
  console.log(failed.length === 0 ? 'Nothing failed.' : `Failed: ${failed.join(', ')}.`);
  console.log(`Tests: ${testCounts()}.`);
  return failed.length === 0;
});
