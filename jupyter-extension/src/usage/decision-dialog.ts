import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { POLICY_VERSION } from '../../../src/beacon/payload.ts';
import { asksForPrivacy } from '../../../src/consent/privacy-control.ts';
import { decisionRows, outcomes } from './decision-rows.ts';
import { element, plainButton } from './element.ts';
import type { Usage } from './usage.ts';

const SETTINGS = { command: 'settingeditor:open', args: { query: 'Profiling reports' } };

/** Shows every input of the decision and what follows from it, as it is while one looks. */
export async function showDecision(usage: Usage, { commands }: JupyterFrontEnd): Promise<void> {
  await usage.refresh();
  const node = element('div');
  const show = () => node.replaceChildren(...content(usage));
  show();
  usage.changed.connect(show);
  try {
    const dialog = new Dialog({
      title: 'Usage statistics: the decision',
      body: new Widget({ node }),
      buttons: [
        ...(commands.hasCommand(SETTINGS.command)
          ? [Dialog.cancelButton({ label: 'Open settings', actions: ['settings'] })]
          : []),
        Dialog.okButton({ label: 'Close' }),
      ],
    });
    dialog.addClass('profiler-report-usage');
    dialog.addClass('profiler-report-mod-wide');
    const { button } = await dialog.launch();
    if (button.actions.includes('settings')) await commands.execute(SETTINGS.command, SETTINGS.args);
  } finally {
    usage.changed.disconnect(show);
  }
}

function content(usage: Usage): HTMLElement[] {
  const { settings } = usage;
  const sentences = outcomes(settings, (about) => usage.decide(about), POLICY_VERSION, usage.inFront);
  const rows = decisionRows(settings, asksForPrivacy(navigator)).map(({ what, value, from }) =>
    element('tr', heading('row', what), element('td', value), element('td', from)),
  );
  const head = element('tr', ...['Input', 'Value', 'Where it comes from'].map((name) => heading('col', name)));
  const table = element('table', element('thead', head), element('tbody', ...rows));
  table.className = 'profiler-report-decision';
  const forget = plainButton('Forget my answers', () => {
    usage
      .forget()
      .catch(({ message }) => Notification.error(`Your answers could not be forgotten. ${message}`, { autoClose: false }));
  });
  forget.disabled = !settings.unreadable && settings.choices.length === 0;
  const sentenceList = element('ul', ...sentences.map((sentence) => element('li', sentence)));
  sentenceList.setAttribute('role', 'status');
  return [sentenceList, table, forget];
}

function heading(scope: 'row' | 'col', text: string): HTMLElement {
  const cell = element('th', text);
  cell.scope = scope;
  return cell;
}
