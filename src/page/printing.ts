/** On paper the advice is unfolded; the numbers of a chart stay folded, the chart tells them. */
export function printing(window: Window): void {
  let unfolded: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    unfolded = [...window.document.querySelectorAll<HTMLDetailsElement>('details.advice:not([open])')];
    for (const details of unfolded) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of unfolded) details.open = false;
  });
}
