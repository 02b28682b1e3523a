import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder with an extension that draws plotly's figures too, as the Python package of plotly brings one; `early` or `late` tells whether
 * it registers before or after ours.
 */
export async function otherRenderer(when: 'early' | 'late'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'profiler-report-other-'));
  const build = { load: 'static/remoteEntry.js', extension: './extension' };
  await mkdir(join(folder, 'other-renderer/static'), { recursive: true });
  await writeFile(
    join(folder, 'other-renderer/package.json'),
    JSON.stringify({ name: 'other-renderer', version: '1.0.0', jupyterlab: { extension: true, _build: build } }),
  );
  await writeFile(join(folder, 'other-renderer/static/remoteEntry.js'), `const when = '${when}';\n${SCRIPT}`);
  return folder;
}

const SCRIPT = `
const MIME = 'application/vnd.plotly.v1+json';
let scope;
const shared = async (name) => (await Object.values(scope[name])[0].get())();
window._JUPYTERLAB ??= {};
window._JUPYTERLAB['other-renderer'] = {
  init(given) { scope = given; },
  async get() {
    const [{ IRenderMimeRegistry }, { Widget }] = await Promise.all(['@jupyterlab/rendermime', '@lumino/widgets'].map(shared));
    const createRenderer = () => Object.assign(new Widget(), { async renderModel() { this.node.textContent = 'drawn by the other'; } });
    const add = (registry) => {
      window.otherCameFirst = registry.getFactory(MIME) === undefined;
      registry.addFactory({ safe: true, mimeTypes: [MIME], createRenderer }, 0);
    };
    const activate = (app, registry) => void (when === 'early' ? add(registry) : app.restored.then(() => add(registry)));
    return () => ({ __esModule: true, default: { id: 'other-renderer:plugin', autoStart: true, requires: [IRenderMimeRegistry], activate } });
  },
};
`;
