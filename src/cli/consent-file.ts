import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Choice } from '../consent/decide.ts';
import { type Kept, readKept, writeChoices } from '../consent/inputs.ts';
import { plainJson } from '../consent/plain-json.ts';
import { UsageError } from '../model/errors.ts';
import { fileError } from '../stores/file-errors.ts';
import { replaceFiles } from '../stores/replace-files.ts';
import { labSettingsFiles, readIfPresent, userFolder } from './config-folder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The user's kept answers. */
export interface ConsentFile extends Kept {
  readonly path: string;
  /** The file as it is, where there is more in it than the answers that could be read. */
  readonly damaged?: Uint8Array;
}

/** Reads `consent.json`. Rejects with a UsageError where there can be no such file, or it cannot be opened. */
export async function readConsentFile(env: Env): Promise<ConsentFile> {
  const folder = userFolder(env);
  if (folder === undefined) {
    const variable = process.platform === 'win32' ? 'APPDATA' : 'HOME';
    throw new UsageError(`no folder to keep answers in: set ${variable} to an absolute path.`);
  }
  const path = join(folder, 'consent.json');
  const bytes = await readIfPresent(path);
  const kept = readKept(bytes && plainJson(bytes.toString()));
  return { path, ...kept, ...(bytes === undefined || isWhole(bytes.toString(), kept.choices) ? {} : { damaged: bytes }) };
}

/** Answers kept by JupyterLab, of each of its files that is there: of those that it does not use here a no alone. */
export async function readLabChoices(env: Env): Promise<ConsentFile[]> {
  const { used, others } = labSettingsFiles(env);
  const files = [...used, ...others].map(async (path): Promise<ConsentFile[]> => {
    const bytes = await readIfPresent(path);
    if (bytes === undefined) return [];
    const { choices, unreadable } = readKept(plainJson(bytes.toString()));
    return [{ path, unreadable, choices: choices.filter(({ answer }) => used.includes(path) || answer === 'denied') }];
  });
  return (await Promise.all(files)).flat();
}

/** Replaces the answers, for nobody else to read. What could not be read before stays beside, in `consent.json.damaged`. */
export async function writeConsentFile({ path, damaged }: ConsentFile, choices: readonly Choice[]): Promise<void> {
  const mode = 0o600;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((error) => {
    throw fileError(error, 'write', path);
  });
  await replaceFiles([
    ...(damaged === undefined ? [] : [{ path: damagedPath(path), bytes: damaged, mode }]),
    { path, bytes: new TextEncoder().encode(writeChoices(choices)), mode },
  ]);
}

export function damagedPath(path: string): string {
  return `${path}.damaged`;
}

function isWhole(text: string, choices: readonly Choice[]): boolean {
  try {
    return JSON.parse(text).choices.length === choices.length;
  } catch {
    return false;
  }
}
