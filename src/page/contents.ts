/**
 * Links within the page move by script: where the page lies in a frame under another address (JupyterLab's viewer), following
 * `#id` would load it anew. Also marks in the contents list which section is being read.
 */
export function contents(document: Document): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    reveal(target);
    link.closest('details')?.removeAttribute('open');
    remember(document, target.id);
  });
  markCurrent(document);
}

function reveal(target: HTMLElement): void {
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}

/** Keeps the address fit to be copied; in some frames the history is closed, and then there is no address worth copying. */
function remember(document: Document, id: string): void {
  try {
    document.defaultView?.history.replaceState(null, '', `#${id}`);
  } catch {
    return;
  }
}

function markCurrent(document: Document): void {
  const visible = new Set<Element>();
  const sections = [...document.querySelectorAll('main > .section')];
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      const current = sections.find((section) => visible.has(section));
      for (const link of links) {
        if (current && link.getAttribute('href') === `#${current.id}`) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-10% 0px -70% 0px' },
  );
  for (const section of sections) observer.observe(section);
}
