/**
 * Measures the built command and rewrites its sections of docs/benchmarks.md: `npm run build && npm run bench`, or of it only
 * `npm run bench -- generate`, `-- collector`, `-- raw`, `-- monitor` or `-- lab`; `-- raw --rounds 1` takes fewer rounds than three.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCollector } from './collector.ts';
import { rewrite } from './document.ts';
import { benchGenerate } from './generate.ts';
import { benchLab } from './lab.ts';
import { benchMonitor } from './monitor.ts';
import { benchRaw } from './raw.ts';

const BENCHES = { generate: benchGenerate, collector: benchCollector, raw: benchRaw, monitor: benchMonitor, lab: benchLab };

const root = join(import.meta.dirname, '..');
const { values, positionals: asked } = parseArgs({ options: { rounds: { type: 'string' } }, allowPositionals: true });
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const head = `# Measurements

Written by \`npm run build && npm run bench\` on ${cpus().length} cores with Node ${process.versions.node}, warm cache. Machines are noisy; trust ratios taken side by side.`;

for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  rewrite(join(root, 'docs', 'benchmarks.md'), head, await bench(join(root, 'dist', 'cli.js'), rounds));
}
