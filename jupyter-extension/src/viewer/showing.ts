import { showErrorMessage } from '@jupyterlab/apputils';
import { type ISignal, Signal } from '@lumino/signaling';
import { POLICY_VERSION } from '../../../src/beacon/payload.ts';
import { NAME, NO_ATTRIBUTE } from '../../../src/page/messages.ts';
import { nameOf } from '../contents/paths.ts';
import type { Subject } from '../usage/token.ts';
import { type Opening, opening } from './opening.ts';
import { type PageRead, readPage } from './read.ts';
import { framed } from './relay.ts';
import type { Scripts } from './scripts.ts';
import { reportToolbar } from './toolbar.ts';
import { watchFile } from './watch.ts';
import type { ReportWidget, Surroundings } from './widget.ts';

/** A report that is shown. */
export interface Showing {
  page(): PageRead;
  /** The section being read. */
  section(): string;
  /** The section or the page is another. */
  readonly changed: ISignal<ReportWidget, void>;
  /** What the decision is about; undefined where it is no report. */
  subject(): Subject | undefined;
  go(section: string): void;
  followTheme(): void;
}

/** Shows the report of a widget whose file is read, now and whenever the file changes, and answers for its usage statistics. */
export function showReport(widget: ReportWidget, surroundings: Surroundings): Showing {
  const { context, content } = widget;
  const { usage, theme } = surroundings;
  const changed = new Signal<ReportWidget, void>(widget);
  let page: PageRead;
  let asked: Opening | undefined;
  let url = '';
  /** All of them once somebody said so, of this text of the file. */
  let scripts: Scripts = 'known';
  /** The report said so; whether it can be, the lab knows. */
  let saidSeen = false;
  let seen = false;
  let place = { section: '', offset: 0 };

  const toolbar = reportToolbar(widget, surroundings, {
    page: () => page,
    opening: () => asked,
    scripts: () => scripts,
    runScripts: () => {
      scripts = 'all';
      draw();
    },
  });
  const draw = () => {
    const text = context.model.toString();
    const these = scripts;
    const latest = () => text === context.model.toString() && these === scripts && !widget.isDisposed;
    if (page.kind === 'service')
      withoutPicture(text, these).then(
        (clean) => latest() && content.showReport(clean, these),
        (error) => showErrorMessage('This report cannot be shown', error),
      );
    else content.showReport(page.kind === 'own' ? hosted(text, theme(), these) : '', these);
    toolbar.update();
  };
  const show = () => {
    page = readPage(context.model.toString());
    if (typeof page.usage === 'string') asked = undefined;
    else if (url !== page.usage.url || !asked) asked = opening(usage, page.usage, nameOf(context.path), toolbar.update);
    url = typeof page.usage === 'string' ? '' : page.usage.url;
    widget.toggleClass('profiler-report-plain', page.kind !== 'own');
    scripts = 'known';
    draw();
    changed.emit();
    // Its own script might not run to say so.
    if (!page.known) saidSeen = true;
    look();
  };
  const look = () => {
    if (seen || !saidSeen || !widget.isVisible || document.hidden) return;
    seen = true;
    void asked?.seen();
  };
  const followTheme = () => content.send({ to: NAME, type: 'theme', theme: theme() });

  // At most once a frame, however much a page says.
  let following = false;
  const followSoon = () => {
    if (following) return;
    following = true;
    requestAnimationFrame(() => {
      following = false;
      if (!widget.isDisposed) changed.emit();
    });
  };

  content.told.connect((_, message) => {
    if (message.type === 'ready') {
      followTheme();
      content.send({ to: NAME, type: 'no' });
      if (place.section !== '' || place.offset > 0) content.send({ to: NAME, type: 'show', ...place });
    } else if (message.type === 'opened') {
      saidSeen = true;
      look();
    } else {
      const { section, offset } = message;
      if (section !== '' && !page.headings.some(({ id }) => id === section)) return;
      if (place.section !== section) followSoon();
      place = { section, offset };
    }
  });
  usage.changed.connect(toolbar.update);
  context.fileChanged.connect(show);
  const unwatch = watchFile(widget, surroundings.contents);
  const sight = new IntersectionObserver(look);
  sight.observe(widget.node);
  document.addEventListener('visibilitychange', look);
  widget.disposed.connect(() => {
    unwatch();
    context.fileChanged.disconnect(show);
    sight.disconnect();
    document.removeEventListener('visibilitychange', look);
    usage.changed.disconnect(toolbar.update);
    Signal.clearData(widget);
  });
  show();
  return {
    page: () => page,
    section: () => place.section,
    changed,
    subject: () =>
      page.kind && { endpoint: typeof page.usage === 'string' ? undefined : page.usage.endpoint, policyVersion: POLICY_VERSION },
    go(section) {
      place = { section, offset: 0 };
      content.send({ to: NAME, type: 'show', ...place });
    },
    followTheme,
  };
}

/** A report of ours starts in the lab's theme, and knows that the lab answers for it. */
function hosted(text: string, theme: string, scripts: Scripts): string {
  return framed(text, `data-theme="${theme}" ${NO_ATTRIBUTE}`, scripts);
}

/** A report of the original service, without the picture that tells of its opening. */
async function withoutPicture(text: string, scripts: Scripts): Promise<string> {
  const { optOut } = await import('../../../src/opt-out/opt-out.ts');
  const done = optOut('report.html', new TextEncoder().encode(text));
  return framed(new TextDecoder().decode(done?.bytes), '', scripts);
}
