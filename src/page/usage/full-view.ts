/** How long the bar stands in view before a yes counts: a press that comes sooner was meant for something else. */
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

/**
 * Tells whether somebody who pressed at a moment could see what the bar says. Inside another page the whole bar has to be in view and,
 * where the browser can tell, neither covered nor faded by that page; other browsers know only whether it was cut off.
 */
export function fullView(bar: HTMLElement, framed: boolean): (event: Event) => boolean {
  let since = Number.POSITIVE_INFINITY;
  const options: VisibilityOptions = { threshold: [0, WHOLE], trackVisibility: framed, delay: 100 };
  new IntersectionObserver((entries: VisibilityEntry[]) => {
    const entry = entries.at(-1);
    const open = entry?.isIntersecting && (!framed || (entry.intersectionRatio >= WHOLE && entry.isVisible !== false));
    since = open ? Math.min(since, entry.time) : Number.POSITIVE_INFINITY;
  }, options).observe(bar);
  return ({ timeStamp }) => timeStamp - since >= MILLISECONDS;
}
