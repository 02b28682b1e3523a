// `npm run demo`: a report of an example job, on a fresh clone as on a worked-in one.
import { build, installPackages, main, run, stage } from './setup.mjs';

main(() => {
  stage('packages', () => installPackages({ extension: false }));
  stage('build', build);
  return stage('example report', () => run('node', ['scripts/example-report.ts']) && 'written');
});
