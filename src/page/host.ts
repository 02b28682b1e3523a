import { type FromReport, NAME, toReport } from './messages.ts';

/** How often at most the page around is told where the report is being read. */
const TELL_MILLISECONDS = 200;

/** What the page around a report may do to it. */
export interface Hosted {
  show(section: string, offset: number): void;
  setTheme(theme: 'light' | 'dark'): void;
}

/** Inside another page, such as JupyterLab's viewer of reports: that page picks the theme and the section, and is told what is read. */
export function host(window: Window, { show, setTheme }: Hosted): void {
  const { parent, document } = window;
  if (parent === window) return;
  window.addEventListener('message', ({ source, data }) => {
    const message = source === parent ? toReport(data) : undefined;
    if (message?.type === 'theme') setTheme(message.theme);
    if (message?.type === 'show') show(message.section, message.offset);
  });
  let timer = 0;
  document.addEventListener('scroll', () => {
    if (timer !== 0) return;
    timer = window.setTimeout(() => {
      timer = 0;
      tell(window, placeOf(document));
    }, TELL_MILLISECONDS);
  });
  tell(window, { source: NAME, type: 'ready' });
}

/** Tells the page around; nothing of the report goes into it, so that it may be anybody's. */
export function tell({ parent }: Window, message: FromReport): void {
  parent.postMessage(message, '*');
}

/** How far down in the window a section counts as the one being read, as a share of its height. */
const UPPER = 0.1;

/** The section in the upper part of the window. */
function placeOf(document: Document): FromReport {
  const sections = [...document.querySelectorAll('main > .section')];
  const line = document.documentElement.clientHeight * UPPER;
  const section = sections.findLast((one) => one.getBoundingClientRect().top <= line);
  const offset = section ? -section.getBoundingClientRect().top : document.documentElement.scrollTop;
  return { source: NAME, type: 'place', section: section?.id ?? '', offset: Math.round(offset) };
}
