import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** A script for the page, minified, and what went into it. */
async function bundlePage(entry: string, globalName?: string): Promise<{ text: string; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none', // scripts/licences.ts gathers them
    loader: { '.css': 'empty' }, // of plotly's maps, which are not in the bundle
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    ...(globalName ? { globalName } : {}),
  });
  return { text: outputFiles[0]?.text.trim() ?? '', metafile };
}

/** The page's own script; plotly, which the page unpacks when the first chart comes into view; and what asks whether opening may be told. */
export async function bundlePageScripts() {
  const [page, plotly, usage] = await Promise.all([
    bundlePage('src/page/main.ts'),
    bundlePage('src/page/plotly.ts', 'profilerReportPlotly'),
    bundlePage('src/page/usage.ts'),
  ]);
  return { page, plotly, usage };
}
