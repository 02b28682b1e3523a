// `npm test`: sets up what the tests need, then runs every check. `npm test -- <arguments>` runs only vitest, with these arguments.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { build, installChromium, installPackages, installPostgres, installPython, main, run, stage } from './setup.mjs';
import { buildExtension, buildExtensionAgain, installFromSource, installLab } from './setup-lab.mjs';
import { testCounts } from './test-counts.mjs';

const CHECKS = [
  ['format and lint', 'biome', ['check', '--error-on-warnings']],
  ['types', 'tsc', []],
  ['types without Node', 'tsc', ['-p', 'tsconfig.core.json']],
  ['types of the extension', 'tsc', ['-p', 'jupyter-extension']],
  ['unused code', 'knip', ['--no-progress']],
];

const ATTEMPTS = 'test-results/outside-connections';

/** The tests reach nothing beyond this machine; nor does anything they start. */
function noAttempts() {
  const attempts = existsSync(ATTEMPTS) ? Number(readFileSync(ATTEMPTS, 'utf8')) : Number.NaN;
  if (attempts !== 0) console.error(`${attempts} connections beyond this machine were attempted, and refused.`);
  return attempts === 0 && 'none attempted';
}

main(() => {
  stage('packages', installPackages);
  stage('build', build);
  stage('python packages', installPython);
  stage('chromium', installChromium);
  stage('postgresql', installPostgres);
  const vitestArgs = process.argv.slice(2);
  if (vitestArgs.length === 0 || vitestArgs.some((argument) => argument.includes('jupyter'))) {
    stage('jupyterlab', installLab);
    stage('extension', buildExtension);
    stage('extension, once more', buildExtensionAgain);
    stage('extension from source', installFromSource);
  }
  const alone = ['--net', 'scripts/quiet-network.sh', ATTEMPTS, 'vitest', 'run', ...vitestArgs];
  const watched = process.getuid?.() === 0 && run('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']);
  const vitest = () => {
    rmSync(ATTEMPTS, { force: true });
    const passed = stage('tests', () => (watched ? run('unshare', alone) : run('vitest', ['run', ...vitestArgs])) && 'passed');
    const silent = stage('outside connections', () => (watched ? noAttempts() : 'not watched: that takes root, unshare and ip'));
    return passed && silent;
  };
  if (vitestArgs.length > 0) return vitest();

  const failed = CHECKS.filter(([name, tool, args]) => !stage(name, () => run(tool, args) && 'clean')).map(([name]) => name);
  if (!vitest()) failed.push('tests');
  console.log(failed.length === 0 ? 'Nothing failed.' : `Failed: ${failed.join(', ')}.`);
  console.log(`Tests: ${testCounts()}.`);
  return failed.length === 0;
});
