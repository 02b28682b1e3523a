import type { PlotElement } from './live-chart.ts';

/** Between two taps on end; the mouse click that a browser makes of a tap comes within this time too. */
const ON_END_MS = 400;

/** Calls the listener for two clicks or two taps on end. Plotly takes one tap, and the mouse click made of it, for two clicks. */
export function onDoubleClick(element: PlotElement, listener: () => void): void {
  let tapped = Number.NEGATIVE_INFINITY;
  const isJustTapped = () => performance.now() - tapped < ON_END_MS;
  element.addEventListener(
    'touchend',
    ({ touches }) => {
      // One of several fingers: no tap.
      if (touches.length > 0) return;
      if (isJustTapped()) listener();
      tapped = performance.now();
    },
    { capture: true, passive: true },
  );
  element.on?.('plotly_doubleclick', () => {
    if (!isJustTapped()) listener();
  });
}
