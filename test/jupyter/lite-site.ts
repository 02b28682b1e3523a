import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A JupyterLite with the built extension and some files, served to this machine alone. */
export async function liteSite(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-lite-'));
  const configuration = { 'jupyter-lite-schema-version': 0, 'jupyter-config-data': { exposeAppInBrowser: true } };
  const contents = Object.entries(files).map(([path, text]) => [`files/${path}`, text] as const);
  for (const [path, text] of [...contents, ['jupyter-lite.json', JSON.stringify(configuration)] as const]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const extension = join(root, 'jupyter-extension/labextension');
  const options = ['--contents=files', '--output-dir=site', `--LiteBuildConfig.federated_extensions=${extension}`];
  const command = ['-I', '-m', 'jupyterlite_core', 'build', `--lite-dir=${folder}`, ...options];
  const env = { ...process.env, HOME: folder };
  execFileSync(join(root, '.venv-lab/bin/python'), command, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });

  const server = createServer(async ({ url = '/' }, response) => {
    const path = join(folder, 'site', decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const isFile = await stat(path)
      .then((found) => found.isFile())
      .catch(() => false);
    if (!isFile) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
