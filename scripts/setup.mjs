// What a fresh clone needs before anything else can run. Plain JavaScript for Node 18 and later: it runs before the pinned Node is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** Something the machine lacks, with the line that says what to install. */
class SetupError extends Error {}

/** Runs one stage, says what came of it and how long it took; a stage gives a word for its result, or false where it failed. */
export function stage(name, action) {
  const start = performance.now();
  const result = action();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${result === false ? '✗' : '✓'} ${name}: ${result === false ? 'failed' : result} (${seconds} s)`);
  return result !== false;
}

/** Runs the stages of a command; a SetupError ends it with its one line and exit code 2. */
export function main(stages) {
  try {
    process.exitCode = stages() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`✗ ${error.message}`);
    process.exitCode = 2;
  }
}

/** Runs a program in the project's folder with the pinned tools first on the path; true if it ended with 0. */
export function run(command, args, extraEnv = {}) {
  const env = { ...process.env, ...extraEnv, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}

/** Runs a program that has to succeed; `mend` says what to do where it does not. */
export function must(command, args, mend, extraEnv = {}) {
  if (!run(command, args, extraEnv)) throw new SetupError(mend);
}

/** Installs the packages of package-lock.json unless they are there; `extension` is false where those of JupyterLab can be left out. */
export function installPackages({ extension = true } = {}) {
  const stamp = join(root, 'node_modules', '.without-extension');
  const lock = hash(['package-lock.json']);
  if (packagesAreCurrent() || (!extension && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock)) return 'current';
  const left = extension ? [] : ['--workspaces=false'];
  must(
    'npm',
    ['ci', '--loglevel', 'error', ...left],
    'npm ci failed: see its message above; it needs the package registry once.',
  );
  if (!existsSync(join(bin, 'node'))) {
    throw new SetupError(
      'The package `node` did not install its program: allow its install script (npm config set ignore-scripts false).',
    );
  }
  if (!extension) writeFileSync(stamp, lock);
  return 'installed';
}

/** As npm's own record says. */
function packagesAreCurrent() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(join(bin, 'node'))) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, link, optional }]) =>
      !path.startsWith('node_modules/') || link || optional || present[path]?.version === version,
  );
}

/** What both builds are made of. */
export const SOURCES = ['src', 'templates', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Compiles templates, page script, command and library unless nothing they are made of has changed. */
export function build() {
  const make = () => must('node', ['scripts/build.ts'], 'The build failed: see its message above.');
  return unlessCurrent('build', SOURCES, ['dist/cli.js', 'src/generated'], make) ? 'built' : 'current';
}

/** Makes what is made of some files unless it is there and they are as they were; true if it had to be made. */
export function unlessCurrent(name, inputs, outputs, make) {
  const stamp = join(root, '.cache', `${name}.sha256`);
  const wanted = hash(inputs);
  const done = outputs.every((path) => existsSync(join(root, path)));
  if (done && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  rmSync(stamp, { force: true });
  make();
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** Makes a Python environment with the packages of a file; the tests' own validates notebooks and talks to an S3 server. */
export function installPython(venv = '.venv', requirements = 'test/requirements.txt') {
  const stamp = join(root, venv, 'requirements.sha256');
  const wanted = hash([requirements]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'current';
  const probe = spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
  if (probe.error) throw new SetupError('python3 is missing: install it (apt-get install python3 python3-venv).');
  if (probe.status !== 0) throw new SetupError('python3 lacks its venv module: install it (apt-get install python3-venv).');
  must('python3', ['-m', 'venv', '--clear', venv], 'python3 -m venv failed: see its message above.');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  must(`${venv}/bin/python`, pip, 'pip failed: see its message above; it needs the package index once.');
  // Node takes an environment's .js files for ES modules otherwise, as the project's package.json says of its own: yarn would not run.
  writeFileSync(join(root, venv, 'package.json'), '{ "private": true }\n');
  writeFileSync(stamp, wanted);
  return 'installed';
}

/** The tests look at pages in the system's Chromium, or in the one CHROMIUM names. */
export function installChromium() {
  if (process.env.CHROMIUM) return 'given';
  const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
  process.env.CHROMIUM = onPath(...browsers);
  if (process.env.CHROMIUM) return 'current';
  installDebian('chromium');
  process.env.CHROMIUM = onPath(...browsers);
  if (process.env.CHROMIUM) return 'installed';
  throw new SetupError('Chromium is missing: install it (apt-get install chromium) or set CHROMIUM to its path.');
}

/** The collector is tested on a PostgreSQL of the tests' own, and its writes are watched with strace; without them these tests are skipped. */
export function installPostgres() {
  const missing = () => [...(hasPostgres() ? [] : ['postgresql']), ...(onPath('strace') ? [] : ['strace'])];
  const wanted = missing();
  if (wanted.length === 0) return 'current';
  installDebian(...wanted);
  const left = missing();
  return left.length === 0 ? 'installed' : `MISSING, and its tests are skipped: install it (apt-get install ${left.join(' ')})`;
}

/** Debian keeps the programs of the server off the path. */
function hasPostgres() {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return folders.some((folder) => existsSync(join(folder, 'initdb'))) || onPath('initdb') !== '';
}

/** Installs packages where one may; whoever asks looks whether they are there. */
function installDebian(...packages) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', ...packages], { DEBIAN_FRONTEND: 'noninteractive' });
}

/** Where the first of these programs lies, empty if none is there. */
function onPath(...programs) {
  const folders = process.env.PATH.split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync) ?? '';
}

/** What the builds write among their own inputs. */
const BUILT = [
  join('src', 'generated'),
  ...['dist', 'lib', 'labextension', 'node_modules'].map((folder) => join('jupyter-extension', folder)),
];

/** SHA-256 over names and contents of files, and of all files below folders, without what the build itself writes. */
function hash(paths) {
  const sum = createHash('sha256');
  const add = (path) => {
    if (BUILT.includes(path)) return;
    const full = join(root, path);
    if (statSync(full).isDirectory()) for (const entry of readdirSync(full).sort()) add(join(path, entry));
    else sum.update(`${path}\0`).update(readFileSync(full));
  };
  for (const path of paths) add(path);
  return sum.digest('hex');
}
