import { POLICY_VERSION, reportOpened, requestUrl } from '../../beacon/payload.ts';
import type { Choice } from '../../consent/decide.ts';
import { parseEndpoint } from '../../consent/endpoint.ts';
import { withChoice } from '../../consent/inputs.ts';
import { plural } from '../../model/text.ts';
import { VERSION } from '../../model/version.ts';
import { type ConsentFile, damagedPath, readConsentFile, readLabChoices, writeConsentFile } from '../consent-file.ts';
import { print, type Terminal } from '../terminal.ts';
import { readViewer } from '../viewer.ts';

/** Keeps a yes for one endpoint and tells what that means. The command is the explicit act: nothing is asked. */
export async function consentGrant(url: string, terminal: Terminal): Promise<void> {
  const endpoint = parseEndpoint(url, '--endpoint');
  const { own } = await readViewer(terminal.env, process.cwd());
  const kept = await keep(own, answer('granted', endpoint));
  print(terminal, [
    `Yes: when you run the notebook of a report that names ${endpoint}, it is told by one request,`,
    `  GET ${requestUrl(endpoint, reportOpened(VERSION, '<ARN of the processing job>'))}`,
    'or with the SHA-256 of that ARN, where whoever made the report chose so. No cookie and no referrer go along.',
    'An html report asks by itself, and your browser keeps that answer.',
    '',
  ]);
  const { allowed, reason } = (await readViewer(terminal.env, process.cwd())).decision(endpoint);
  print(terminal, allowed ? kept : [...kept, `Here it is not told all the same: ${reason}.`]);
}

/** Keeps a no for every endpoint. */
export async function consentDeny(terminal: Terminal): Promise<void> {
  const kept = await keep(await readConsentFile(terminal.env), answer('denied', ''));
  print(terminal, ['No: no notebook you run tells anybody that its report was opened.', ...kept]);
}

/** Forgets every answer of the viewer, or those for one endpoint. */
export async function consentRevoke(url: string | undefined, terminal: Terminal): Promise<void> {
  const endpoint = url === undefined ? undefined : parseEndpoint(url, '--endpoint');
  const own = await readConsentFile(terminal.env);
  const lab = await readLabChoices(terminal.env);
  const stays = own.choices.filter(
    (choice) => choice.scope !== 'viewer' || (endpoint !== undefined && choice.endpoint !== endpoint),
  );
  const forgotten = own.choices.length - stays.length;
  if (forgotten > 0 || own.damaged) await writeConsentFile(own, stays);
  print(terminal, [
    forgotten === 0 ? `Nothing to forget in ${own.path}.` : `${plural(forgotten, 'answer')} forgotten in ${own.path}.`,
    ...damage(own),
    ...lab
      .filter(({ choices }) => choices.length > 0)
      .map(({ path }) => `JupyterLab keeps answers of its own: take them back in its settings (${path}).`),
  ]);
}

function answer(said: Choice['answer'], endpoint: string): Choice {
  return { scope: 'viewer', answer: said, endpoint, policyVersion: POLICY_VERSION, date: new Date().toISOString() };
}

/** Returns what to say of it. */
async function keep(file: ConsentFile, choice: Choice): Promise<string[]> {
  await writeConsentFile(file, withChoice(file.choices, choice));
  return [`Kept in ${file.path}; profiler-report consent revoke forgets it.`, ...damage(file)];
}

function damage({ path, damaged }: ConsentFile): string[] {
  return damaged === undefined ? [] : [`The file was damaged: what it held is in ${damagedPath(path)}.`];
}
