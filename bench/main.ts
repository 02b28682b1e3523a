/** Measures the built command and its pages, and writes docs/benchmarks.md: `npm run build && npm run bench`. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cases } from './cases.ts';
import { measureInTurns } from './measure.ts';
import { measurePage } from './page.ts';

const ROUNDS = 5;
const START_ROUNDS = 21;

const root = join(import.meta.dirname, '..');
const command = join(root, 'dist', 'cli.js');
const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
try {
  const rows: string[] = [];
  for (const [i, { name, folder, inputMegabytes }] of cases(scratch).entries()) {
    const output = join(scratch, `report-${i}`);
    const [run] = measureInTurns([[command, 'generate', folder, '--output', output, '--quiet']], ROUNDS);
    const html = join(output, 'profiler-report.html');
    const page = await measurePage(pathToFileURL(html).href, ROUNDS);
    const cells = [
      name,
      inputMegabytes.toFixed(2),
      ((run?.milliseconds ?? 0) / 1000).toFixed(2),
      run?.peakMegabytes.toFixed(0),
      (statSync(html).size / 1e6).toFixed(2),
      page.contentLoaded.toFixed(0),
      page.firstChart.toFixed(0),
    ];
    rows.push(`| ${cells.join(' | ')} |`);
    console.log(rows.at(-1));
  }

  const [version, bare] = measureInTurns(
    [
      [command, '--version'],
      ['-e', '0'],
    ],
    START_ROUNDS,
  );
  const ratio = (version?.milliseconds ?? 0) / (bare?.milliseconds ?? 1);
  const start = `| ${version?.milliseconds.toFixed(0)} | ${bare?.milliseconds.toFixed(0)} | ${ratio.toFixed(2)} |`;
  console.log(start);
  writeFileSync(join(root, 'docs', 'benchmarks.md'), page(rows, start));
} finally {
  rmSync(scratch, { recursive: true });
}

function page(rows: readonly string[], start: string): string {
  return `# Measurements

Written by \`npm run build && npm run bench\` on ${cpus().length} cores with Node ${process.versions.node}: medians of ${ROUNDS} runs (start-up: ${START_ROUNDS}), warm cache. Machines are noisy; trust ratios taken side by side.

## \`profiler-report generate\` and its page

Time and peak memory of the whole command (\`profiler-report generate <job> --output <folder> --quiet\`: html, notebook and JSON, rule files copied); then the html in headless Chromium, in milliseconds after the start of the navigation. At DOMContentLoaded all text, tables and static charts are there; the first interactive chart follows when one scrolls to it at once.

| job | rule files MB | time s | memory MB | html MB | DOMContentLoaded ms | first chart ms |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Start-up

\`profiler-report --version\` beside \`node -e 0\`, taken in turns. S3 code is loaded only when S3 is asked for.

| --version ms | node -e 0 ms | ratio |
|---|---|---|
${start}
`;
}
