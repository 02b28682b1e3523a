import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cases } from './cases.ts';
import type { Section } from './document.ts';
import { measureInTurns, node } from './measure.ts';
import { measurePage } from './page.ts';

const ROUNDS = 5;
const START_ROUNDS = 21;

/** Time and memory of `generate`, how soon its page can be read, and what a start costs. */
export async function benchGenerate(command: string): Promise<Section[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'profiler-report-bench-'));
  try {
    return [reports(await reportRows(command, scratch)), start(command)];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function reportRows(command: string, scratch: string): Promise<string[]> {
  const rows: string[] = [];
  for (const [i, { name, folder, inputMegabytes }] of cases(scratch).entries()) {
    const output = join(scratch, `report-${i}`);
    const [run] = measureInTurns([node(command, 'generate', folder, '--output', output, '--quiet')], ROUNDS);
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
  return rows;
}

function reports(rows: readonly string[]): Section {
  return {
    title: '`profiler-report generate` and its page',
    text: `Time and peak memory of the whole command (\`profiler-report generate <job> --output <folder> --quiet\`: html, notebook and JSON, rule files copied); then the html in headless Chromium, in milliseconds after the start of the navigation. At DOMContentLoaded all text, tables and static charts are there; the first interactive chart follows when one scrolls to it at once. Medians of ${ROUNDS} runs.

| job | rule files MB | time s | memory MB | html MB | DOMContentLoaded ms | first chart ms |
|---|---|---|---|---|---|---|
${rows.join('\n')}`,
  };
}

function start(command: string): Section {
  const [version, bare] = measureInTurns([node(command, '--version'), node('-e', '0')], START_ROUNDS);
  const ratio = (version?.milliseconds ?? 0) / (bare?.milliseconds ?? 1);
  const row = `| ${version?.milliseconds.toFixed(0)} | ${bare?.milliseconds.toFixed(0)} | ${ratio.toFixed(2)} |`;
  console.log(row);
  return {
    title: 'Start-up',
    text: `\`profiler-report --version\` beside \`node -e 0\`, taken in turns, medians of ${START_ROUNDS}. S3 code is loaded only when S3 is asked for.

| --version ms | node -e 0 ms | ratio |
|---|---|---|
${row}`,
  };
}
