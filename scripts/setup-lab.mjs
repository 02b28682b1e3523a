// What the tests in a real JupyterLab need beyond the rest. It is set up before they run: they run without a network.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPython, must, root, SOURCES, unlessCurrent } from './setup.mjs';

const PACKAGES = 'jupyter-extension/dist';
const MADE_OF = ['jupyter-extension', ...SOURCES];
const FIRST = '.cache/extension-first';
const FROM_SOURCE = '.cache/lab-from-source';

/** The newest JupyterLab that is supported, with Notebook 7 and JupyterLite, and the oldest. */
export function installLab() {
  const stages = [
    installPython('.venv-lab', 'test/jupyter/requirements.txt'),
    installPython('.venv-lab42', 'test/jupyter/requirements-4.2.txt'),
  ];
  return stages.every((word) => word === 'current') ? 'current' : 'installed';
}

/** Builds the extension and both its packages unless nothing they are made of has changed. */
export function buildExtension() {
  const outputs = ['lib', 'labextension', 'dist'].map((folder) => join('jupyter-extension', folder));
  const make = () => {
    installPython('.cache/hatchling', 'jupyter-extension/requirements-build.txt');
    must('node', ['scripts/build-extension.ts', '--packages'], 'The build of the extension failed: see its message above.');
  };
  return unlessCurrent('extension', MADE_OF, outputs, make) ? 'built' : 'current';
}

/** Keeps the packages and builds them a second time: a test compares them. */
export function buildExtensionAgain() {
  const made = unlessCurrent('extension-again', MADE_OF, [FIRST], () => {
    rmSync(join(root, FIRST), { recursive: true, force: true });
    cpSync(join(root, PACKAGES), join(root, FIRST), { recursive: true });
    must(
      'node',
      ['scripts/build-extension.ts', '--packages'],
      'The second build of the extension failed: see its message above.',
    );
  });
  return made ? 'built' : 'current';
}

/**
 * Installs the npm package as a user would, with `jupyter labextension install`, and takes it away again. What JupyterLab made of either is
 * kept for the tests, in `installed` and `uninstalled`, until the package or JupyterLab changes.
 */
export function installFromSource() {
  const packed = readdirSync(join(root, PACKAGES)).filter((name) => name.endsWith('.tgz'));
  const inputs = [...packed.map((name) => join(PACKAGES, name)), 'test/jupyter/requirements.txt'];
  const made = unlessCurrent('lab-from-source', inputs, [`${FROM_SOURCE}/uninstalled`], () => {
    rmSync(join(root, FROM_SOURCE), { recursive: true, force: true });
    forget('profiler-report-jupyterlab');
    const folder = join(root, FROM_SOURCE, 'application');
    mkdirSync(folder, { recursive: true });
    labextension('install', inputs[0]);
    keep('installed');
    labextension('uninstall', 'profiler-report-jupyterlab');
    keep('uninstalled');
    rmSync(folder, { recursive: true });
  });
  return made ? 'installed, and uninstalled' : 'current';
}

/** yarn keeps packages by name and version: of one of the same version it would take what it had. */
function forget(name) {
  const cache = join(root, '.cache/lab-home/.yarn/berry/cache');
  const kept = existsSync(cache) ? readdirSync(cache).filter((entry) => entry.startsWith(`${name}-`)) : [];
  for (const entry of kept) rmSync(join(cache, entry));
}

function labextension(action, what) {
  const home = join(root, '.cache/lab-home'); // keeps yarn's downloads
  mkdirSync(home, { recursive: true });
  const log = join(FROM_SOURCE, `${action}.log`);
  const command = ['.venv-lab/bin/jupyter', 'labextension', action, what, `--app-dir=${join(root, FROM_SOURCE, 'application')}`];
  const mend = `jupyter labextension ${action} failed: see ${log}; it needs the package registry once.`;
  must('sh', ['-c', '"$@" > "$0" 2>&1', log, ...command], mend, { HOME: home });
}

/** All but the folder in which JupyterLab was built. */
function keep(name) {
  const from = join(root, FROM_SOURCE, 'application');
  cpSync(from, join(root, FROM_SOURCE, name), { recursive: true, filter: (path) => path !== join(from, 'staging') });
}
