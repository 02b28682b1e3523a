/** Kept of what a `meta` element says to the browser. */
const KEPT = ['content-security-policy', 'content-type', 'x-dns-prefetch-control'];

/**
 * Browsers connect to where a page tries to go before its policy keeps it from going, and open links in tabs with Ctrl pressed whatever a
 * sandbox says. So this must not stand in a page: frames, what makes the browser go or connect, and what hides elements from this look.
 */
const GONE =
  'iframe, frame, frameset, object, embed, portal, fencedframe, link, base, template, noscript, animate, set, animateMotion, animateTransform';

/** More rounds than a page needs that was not made to get through. */
const ROUNDS = 5;

/**
 * A page without all that could tell of its opening with no script running: links to other places, refreshes, frames. A page that has none
 * of it stays as it is to the letter. What is taken out can make the rest mean something else, hence the rounds.
 */
export function harmless(text: string): string {
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const page = new DOMParser().parseFromString(now, 'text/html');
    if (!takeOut(page)) return now;
    now = `<!doctype html>${page.documentElement.outerHTML}`;
  }
  return '';
}

function takeOut(page: Document): boolean {
  const elements = [...page.querySelectorAll('*')];
  const gone = [
    ...page.querySelectorAll(GONE),
    ...[...page.querySelectorAll('meta[http-equiv]')].filter(
      (meta) => !KEPT.includes(meta.getAttribute('http-equiv')?.toLowerCase() ?? ''),
    ),
  ];
  for (const element of gone) element.remove();
  const links = elements.flatMap((element) =>
    [...element.attributes].filter(({ localName, value }) => isLink(localName) && !/^(#|data:image\/)/.test(value)),
  );
  for (const link of links) link.ownerElement?.removeAttributeNode(link);
  return gone.length + links.length > 0;
}

function isLink(name: string): boolean {
  return /^(xlink:)?href$|^ping$/i.test(name);
}
