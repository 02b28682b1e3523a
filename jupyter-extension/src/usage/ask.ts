import { Notification } from '@jupyterlab/apputils';
import { visibleName } from '../../../src/model/text.ts';
import { askInDialog } from './dialog.ts';
import type { Answer, IUsage, Question } from './token.ts';

/** See `IUsage.ask`. */
export async function ask(usage: IUsage, question: Question, answers: readonly Answer[]): Promise<Answer> {
  const { endpoint, policyVersion } = question;
  const decision = async () => {
    await usage.refresh();
    return usage.decide({ endpoint, policyVersion });
  };
  const before = await decision();
  if (before.source !== 'no choice' && before.source !== 'choice') return stayOff(before.reason);

  // A name may hold characters that turn the words around it.
  const answer = await askInDialog({ ...question, name: visibleName(question.name) }, answers);
  try {
    if (answer === 'never') await usage.keep('denied', endpoint, policyVersion);
    if (answer === 'never' || answer === 'later') return answer;
    // A yes answers the question as it stood: it counts for nothing once another tab said no.
    const now = await decision();
    if (!now.allowed && (before.allowed || now.source !== before.source)) return stayOff(now.reason);
    if (answer === 'always') await usage.keep('granted', endpoint, policyVersion);
    return answer;
  } catch (error) {
    Notification.error(`Your answer could not be kept. ${(error as Error).message}`, { autoClose: false });
    if (answer === 'never') return answer;
    return answers.includes('once') ? 'once' : 'later';
  }
}

function stayOff(reason: string): Answer {
  Notification.warning(`Usage statistics stay off: ${reason}.`, { autoClose: 10_000 });
  return 'later';
}
