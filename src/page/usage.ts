import { POLICY_VERSION } from '../beacon/payload.ts';
import { type Choice, type Decision, decide } from '../consent/decide.ts';
import { type Kept, withChoice, withoutChoices } from '../consent/inputs.ts';
import { asksForPrivacy } from '../consent/privacy-control.ts';
import { tell } from './host.ts';
import { isNo, NAME, NO_ATTRIBUTE } from './messages.ts';
import { keptAnswers } from './usage/answers.ts';
import { oneRequest } from './usage/request.ts';
import { type Sight, watchSight, whenSeen } from './usage/sight.ts';
import { usageView } from './usage/view.ts';

const ANSWERED_OUTSIDE: Decision = { allowed: false, source: 'override', reason: 'the page around this one answers' };

/** Asks whether the opening of this report may be told, and tells it at most once. */
function start(): void {
  const view = usageView(document);
  const { endpoint, url } = view;
  const kept = keptAnswers(window);
  const request = oneRequest(url, show);
  let sight: Sight = 'not yet';
  /** A yes to this opening alone. */
  let once: readonly Choice[] = [];
  /** The question was put aside, for this view. */
  let later = false;
  /** The page around this one answers; nothing takes that back. */
  let host = document.documentElement.hasAttribute(NO_ATTRIBUTE);

  const given = (): Kept => {
    const { choices, unreadable } = kept.read();
    return { choices: [...choices, ...once], unreadable };
  };
  const decision = ({ choices, unreadable } = given()): Decision =>
    host
      ? ANSWERED_OUTSIDE
      : decide({
          scope: 'viewer',
          endpoint,
          policyVersion: POLICY_VERSION,
          choices,
          canAsk: true,
          globalPrivacyControl: asksForPrivacy(navigator),
          unreadable,
        });
  const choice = (answer: Choice['answer']): Choice => ({
    scope: 'viewer',
    answer,
    endpoint,
    policyVersion: POLICY_VERSION,
    date: new Date().toISOString(),
  });

  const answered = () => given().unreadable || given().choices.some(({ scope }) => scope === 'viewer');

  function show(): void {
    view.show({
      decision: decision(),
      sent: request.sent(),
      sight,
      keeping: decision(kept.read()).source !== 'choice' ? 'opening' : kept.lasting() ? 'browser' : 'view',
      answered: answered(),
      later,
    });
  }

  function sendIfAllowed(): void {
    if (decision().allowed) request.send();
    show();
  }

  /** A yes answers the question as it stands: it counts for nothing once another tab said no. */
  const onYes = (button: 'once' | 'always', keep: () => void) =>
    view.onPress(button, () => {
      if (decision().source === 'no choice') keep();
      sendIfAllowed();
    });

  onYes('once', () => {
    once = [choice('granted')];
  });
  onYes('always', () => kept.write(withChoice(kept.read().choices, choice('granted'))));
  view.onPress('never', () => {
    kept.write(withChoice(kept.read().choices, choice('denied')));
    show();
  });
  view.onPress('forget', () => {
    if (answered()) kept.write(withoutChoices(kept.read().choices, 'viewer'));
    once = [];
    later = false;
    show();
  });
  view.onLater(() => {
    later = true;
    show();
  });
  // An answer given in another tab: a no counts at once, a yes from the next opening.
  window.addEventListener('storage', show);
  // The one thing that is heard from outside, from whomever.
  window.addEventListener('message', ({ data }) => {
    if (!isNo(data)) return;
    host = true;
    show();
  });
  watchSight(view.bar, window.parent !== window, (now) => {
    sight = now;
    show();
  });
  show();
  whenSeen(document.documentElement, () => {
    sendIfAllowed();
    if (window.parent !== window) tell(window, { source: NAME, type: 'opened' });
  });
}

declare global {
  interface Document {
    /** The browser is making the page ready before anybody opened it. */
    readonly prerendering?: boolean;
  }
}

if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
else start();
