import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/** Packages in CommonJS (pg) require modules of Node, which an ES module cannot do: each becomes an import. */
export const builtinRequires: Plugin = {
  name: 'builtin-requires',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `import builtin from 'node:${path}';\nmodule.exports = builtin;`,
    }));
  },
};
