import type { Choice } from '../../consent/decide.ts';
import { parseEndpoint } from '../../consent/endpoint.ts';
import type { Kept } from '../../consent/inputs.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';
import { readViewer, type Viewer } from '../viewer.ts';

interface ShowOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** Prints every kept answer, where it is kept, and what follows from it for each endpoint that is known here. */
export async function consentShow(options: ShowOptions, terminal: Terminal): Promise<void> {
  const named = options.endpoint === undefined ? undefined : parseEndpoint(options.endpoint, '--endpoint');
  const viewer = await readViewer(terminal.env, process.cwd());
  const { own, lab, decision } = viewer;
  const endpoints = named === undefined ? knownEndpoints(viewer) : [named];
  const decisions = endpoints.map((endpoint) => ({ endpoint, ...decision(endpoint) }));

  if (options.json) {
    const { path: file, choices, unreadable: damaged } = own;
    const jupyterlab = lab.map(({ path, unreadable, choices }) => ({ file: path, damaged: unreadable, choices }));
    const shown = { file, damaged, choices, jupyterlab, decisions };
    terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const paint = painter(terminal);
  const rows = decisions.map(({ endpoint, allowed, source, reason }) => [
    `  ${endpoint}`,
    allowed ? 'is told' : 'is not told',
    source,
    reason,
  ]);
  print(terminal, [
    `${paint('bold', 'Your answers')}  ${own.path}`,
    ...answers(own),
    ...lab.flatMap((file) => ['', `${paint('bold', 'Kept by JupyterLab')}  ${file.path}`, ...answers(file)]),
    '',
    paint('bold', 'When you run the notebook of a report here'),
    ...(rows.length > 0 ? columns(rows) : [nobody(viewer)]),
  ]);
}

function nobody({ choices }: Viewer): string {
  const denied = choices.some(({ scope, answer }) => scope === 'viewer' && answer === 'denied');
  return denied ? '  Nobody is told: you said no.' : '  No endpoint is known: name one with --endpoint.';
}

/** Those that got a yes, and the one that the config files name. */
function knownEndpoints({ choices, config }: Viewer): string[] {
  const granted = choices.filter(({ answer }) => answer === 'granted');
  const configured = config.endpoint === undefined ? [] : [config.endpoint];
  return [...new Set([...granted.map(({ endpoint }) => endpoint), ...configured])];
}

function answers({ choices, unreadable }: Kept): string[] {
  if (unreadable) return ['  This file is damaged: it may hold a no, so that nothing is sent.', ...listed(choices)];
  return choices.length === 0 ? ['  none'] : listed(choices);
}

function listed(choices: readonly Choice[]): string[] {
  return columns(
    choices.map(({ scope, answer, endpoint, policyVersion, date }) =>
      answer === 'granted'
        ? [`  yes, as ${scope}`, endpoint, `${date}, version ${policyVersion} of what is sent`]
        : [`  no, as ${scope}`, 'every endpoint', String(date ?? '')],
    ),
  );
}
