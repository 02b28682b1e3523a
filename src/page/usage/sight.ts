/** How long the bar stands in view before it takes a yes: a press that comes sooner was meant for something else. */
const MILLISECONDS = 500;

/** Share of the bar's area that is taken for all of it: positions are rounded. */
const WHOLE = 0.98;

/** Version 2 of Intersection Observer, which TypeScript does not know and only Chromium has. */
interface VisibilityOptions extends IntersectionObserverInit {
  readonly trackVisibility: boolean;
  readonly delay: number;
}
interface VisibilityEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** Whether the person looking can see what the bar says. */
export type Sight = 'not yet' | 'whole' | 'in part';

/**
 * Follows whether the bar can be seen, and has been for long enough. Inside another page the whole bar has to be in view and, where the
 * browser can tell, neither covered nor faded by that page; other browsers know only whether it was cut off. Returns what ends it.
 */
export function watchSight(bar: HTMLElement, framed: boolean, changed: (sight: Sight) => void): () => void {
  let timer = 0;
  let entry: VisibilityEntry | undefined;
  const look = () => {
    const whole = !framed || ((entry?.intersectionRatio ?? 0) >= WHOLE && entry?.isVisible !== false);
    clearTimeout(timer);
    changed('not yet');
    if (entry?.isIntersecting && !document.hidden) timer = window.setTimeout(changed, MILLISECONDS, whole ? 'whole' : 'in part');
  };
  const options: VisibilityOptions = { threshold: [0, WHOLE], trackVisibility: framed, delay: 100 };
  const observer = new IntersectionObserver((entries: VisibilityEntry[]) => {
    entry = entries.at(-1);
    look();
  }, options);
  observer.observe(bar);
  // Whoever comes back to the page may press what was meant for another.
  document.addEventListener('visibilitychange', look);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

/** What has no size counts as wholly in view: with it comes a second look, when it has one. */
const WITHOUT_SIZE: IntersectionObserverInit = { threshold: [0, 1] };

/** Calls back once any of the page is in view: in a tab that nobody turned to, or a frame of no size, it was not opened yet. */
export function whenSeen(page: HTMLElement, seen: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ intersectionRect: { width, height } }) => width > 0 && height > 0)) return;
    observer.disconnect();
    seen();
  }, WITHOUT_SIZE);
  observer.observe(page);
}
