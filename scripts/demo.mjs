// `npm run demo`: a report of an example job, on a fresh clone as on a worked-in one; `npm run demo:endpoint`: one of an example endpoint.
import { build, installPackages, main, run, stage } from './setup.mjs';

main(() => {
  stage('packages', () => installPackages({ extension: false }));
  stage('build', build);
  const what = process.argv[2] === 'endpoint' ? 'endpoint' : 'report';
  return stage('example report', () => run('node', [`scripts/example-${what}.ts`]) && 'written');
});
