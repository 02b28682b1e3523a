import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { Answer, Question } from './token.ts';

const LABELS: Readonly<Record<Answer, string>> = {
  always: 'Always for this endpoint',
  once: 'Send once',
  never: 'Never',
  later: 'Not now',
};

/** Asks the person at the screen; whoever closes the dialog said neither yes nor no. */
export async function askInDialog(question: Question, answers: readonly Answer[]): Promise<Answer> {
  const buttons = answers.map((answer) => {
    const make = answer === 'always' || answer === 'once' ? Dialog.okButton : Dialog.cancelButton;
    return { ...make({ label: LABELS[answer], actions: [answer] }) };
  });
  const { button } = await showDialog({
    title: 'Usage statistics',
    body: body(question),
    buttons,
    defaultButton: answers.indexOf('later'),
  });
  return answers.find((answer) => button.actions.includes(answer)) ?? 'later';
}

function body({ endpoint, url, name }: Question): Widget {
  const node = document.createElement('div');
  node.className = 'profiler-report-question';
  const asked = document.createElement('p');
  asked.textContent = `May ${endpoint} be told that ${name} was opened? This is the whole request:`;
  const request = document.createElement('code');
  request.textContent = `GET ${url}`;
  node.append(asked, request);
  return new Widget({ node });
}
