// `npm run extension`: both packages of the JupyterLab extension, on a fresh clone as on a worked-in one.
import { installPackages, main, stage } from './setup.mjs';
import { buildExtension } from './setup-lab.mjs';

main(() => {
  stage('packages', installPackages);
  return stage('extension', buildExtension);
});
