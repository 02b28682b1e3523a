/**
 * Links within the page move by script: where the page lies in a frame under another address (JupyterLab's viewer), following
 * `#id` would load it anew. Also marks in the contents list which section is being read. `uncover` shows what a picker hides around
 * a target, and tells whether it had to. What it gives back goes to a section and so many pixels beyond its head; without a name, to
 * the head of the page.
 */
export function contents(document: Document, uncover: (target: Element) => boolean): (id: string, offset: number) => void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // First of all: the browser keeps with the old address the place it is left at.
    remember(document, target.id);
    uncover(target);
    reveal(target);
    link.closest('details')?.removeAttribute('open');
  });
  // The browser goes back to the place by itself, unless that place was hidden.
  const arrive = () => {
    const target = document.getElementById(decoded(document.location.hash));
    if (target && uncover(target)) reveal(target);
  };
  document.defaultView?.addEventListener('popstate', arrive);
  arrive();
  markCurrent(document);
  return (id, offset) => {
    const target = id === '' ? document.documentElement : document.getElementById(id);
    if (!target) return;
    uncover(target);
    target.closest('details')?.setAttribute('open', '');
    if (id === '') document.defaultView?.scrollTo(0, offset);
    else reveal(target, offset);
  };
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return '';
  }
}

function reveal(target: HTMLElement, offset = 0): void {
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  target.scrollIntoView();
  if (offset !== 0) window.scrollBy(0, target.getBoundingClientRect().top + offset);
}

/**
 * Keeps the address fit to be copied, and a step back within the report; in some frames the history is closed, and then there is
 * no address worth copying.
 */
function remember(document: Document, id: string): void {
  if (document.location.hash === `#${id}`) return;
  try {
    document.defaultView?.history.pushState(null, '', `#${id}`);
  } catch {
    return;
  }
}

/** The section being read is the first one in the upper part of the window; at the end of the page it is the last one. */
function markCurrent(document: Document): void {
  const visible = new Set<Element>();
  const sections = [...document.querySelectorAll('main > .section')];
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const end = document.querySelector('.colophon');
  const mark = (entries: readonly IntersectionObserverEntry[]) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    }
    const current = end && visible.has(end) ? sections.at(-1) : sections.find((section) => visible.has(section));
    for (const link of links) {
      if (current && link.getAttribute('href') === `#${current.id}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  const reading = new IntersectionObserver(mark, { rootMargin: '-10% 0px -70% 0px' });
  for (const section of sections) reading.observe(section);
  if (end) new IntersectionObserver(mark, { rootMargin: '0px 0px 24px 0px', threshold: 1 }).observe(end);
}
