/**
 * Compiles templates, styles, advice and the page script into src/generated/, which is not kept in git. Same input, same bytes;
 * a file whose text did not change keeps its time.
 *
 *   node scripts/build-generated.ts
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { marked } from 'marked';
import { chartCss } from '../src/charts/style.ts';
import { RULE_NAMES, ruleId } from '../src/model/rule-names.ts';
import { ADDED_RULES, ENDPOINT_RULES, JOB_RULES } from '../src/rules/index.ts';
import { licencesOf } from './licences.ts';
import { bundlePageScripts } from './page-bundle.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src/generated');
const banner = '// Made by scripts/build-generated.ts; edits are lost.\n';

/** Writes all files of src/generated/; returns the names of those that changed. */
export async function buildGenerated(): Promise<string[]> {
  await mkdir(target, { recursive: true });
  const files = {
    templates: templates(),
    styles: styles(),
    advice: advice(),
    notebook: notebook(),
    ...(await scripts()),
  };
  const changed = await Promise.all(
    Object.entries(files).map(async ([name, text]) => ((await put(`${name}.ts`, await text)) ? [name] : [])),
  );
  return changed.flat();
}

/** Handlebars templates as functions of the runtime, so that nothing is compiled (and nothing evaluated) where the report is made. */
async function templates(): Promise<string> {
  const sources = await readAll('templates/html', '.hbs');
  const names = sources.map(({ stem }) => stem);
  const known = Object.fromEntries(['each', 'if', 'unless', 'with', 'lookup'].map((helper) => [helper, true]));
  const specs = sources.map(({ stem, text }) => {
    const spec = Handlebars.precompile(text, { strict: true, knownHelpers: known, knownHelpersOnly: true, preventIndent: true });
    return `${JSON.stringify(stem)}: ${spec}`;
  });
  return `// @ts-nocheck: precompiled templates carry no types
export type TemplateName = ${names.map((name) => JSON.stringify(name)).join(' | ')};
export const templates: Readonly<Record<TemplateName, unknown>> = {${specs.join(',\n')}};\n`;
}

async function styles(): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: `@import './templates/html/css/report.css';\n${chartCss}`,
      loader: 'css',
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    write: false,
    external: ['data:*'],
  });
  return hashed(textOf(bundle), '</style');
}

/**
 * The page's script as it is, and plotly compressed: the page unpacks it and runs it as a script of this very hash. The licences of
 * everything in both stand at the head of the packed one, so that they travel with each report.
 */
async function scripts(): Promise<Record<'page' | 'plotly' | 'usage' | 'script-hashes', string>> {
  const { page, plotly, usage } = await bundlePageScripts();
  const licences = await licencesOf(root, [page.metafile, plotly.metafile, usage.metafile]);
  const text = `/*\n${licences.replaceAll('*/', '* /')}*/\n${plotly.text}`;
  const packed = deflateRawSync(text, { level: 9 }).toString('base64');
  return {
    page: hashed(page.text, '</script', '<!--'),
    usage: hashed(usage.text, '</script', '<!--'),
    plotly: `export const packed: string = '${packed}';\n${hashOf(text)}`,
    // Once more by themselves, for those who only want to know our scripts.
    'script-hashes': `export const scriptHashes: readonly string[] = ${JSON.stringify([page.text, text, usage.text].map(sha256))};\n`,
  };
}

async function advice(): Promise<string> {
  const entries = (await readAll('templates/advice', '.md')).map(({ stem, text }) => {
    const rule = [...RULE_NAMES, ...[...ADDED_RULES, ...JOB_RULES, ...ENDPOINT_RULES].map(({ name }) => name)].find(
      (name) => ruleId(name) === stem,
    );
    if (!rule) throw new Error(`templates/advice/${stem}.md belongs to no rule`);
    return [rule, { html: marked.parse(text, { async: false }), markdown: text.trim() }];
  });
  return `export interface Advice { readonly html: string; readonly markdown: string }
/** By rule. */
export const advice: Readonly<Record<string, Advice>> = ${JSON.stringify(Object.fromEntries(entries))};\n`;
}

async function notebook(): Promise<string> {
  const [shared, sections] = await Promise.all(
    ['templates/notebook', 'templates/notebook/sections'].map((folder) => readAll(folder, '.py')),
  );
  const sources = [...(shared ?? []), ...(sections ?? []).map(({ stem, text }) => ({ stem: `sections/${stem}`, text }))].map(
    ({ stem, text }) => [stem, text.trim()],
  );
  return `export const notebookSources: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(sources))};\n`;
}

/** Text that goes into an element as it is, and its hash for the content security policy. */
function hashed(text: string, ...closers: string[]): string {
  const closer = closers.find((candidate) => text.toLowerCase().includes(candidate));
  if (closer) throw new Error(`the bundle holds ${closer}, which would end its element`);
  return `export const text: string = ${JSON.stringify(text)};\n${hashOf(text)}`;
}

function hashOf(text: string): string {
  return `export const hash: string = '${sha256(text)}';\n`;
}

/** As content security policies name it. */
function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function textOf(bundle: { outputFiles?: { text: string }[] }): string {
  return bundle.outputFiles?.[0]?.text.trim() ?? '';
}

async function readAll(folder: string, extension: string): Promise<{ stem: string; text: string }[]> {
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith(extension)).sort();
  return Promise.all(
    names.map(async (name) => ({
      stem: name.slice(0, -extension.length),
      text: await readFile(join(root, folder, name), 'utf8'),
    })),
  );
}

/** Whole or not at all: another process may be reading. */
async function put(name: string, body: string): Promise<boolean> {
  const path = join(target, name);
  const text = banner + body;
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return false;
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const changed = await buildGenerated();
  console.log(changed.length > 0 ? `src/generated: ${changed.join(', ')} written` : 'src/generated is up to date');
}
