import { onDoubleClick } from './double-click.ts';
import type { LinesAround } from './lines-around.ts';
import type { LiveChart } from './live-chart.ts';
import { type SharedTime, secondsOf } from './shared-time.ts';

/** So long plotly waits for the second click of two, which show the whole job; it tells of both. */
const SECOND_CLICK_MS = 310;

/**
 * A click on a point goes to the lines around its moment; so do a button and the key `l`, around the middle of what is shown. What it gives
 * back is to be called with each chart over time.
 */
export function pickMoments(time: SharedTime, lines: LinesAround): (live: LiveChart) => void {
  let latest: HTMLElement | undefined;
  time.offer('Log lines', 'Log lines around the middle of it', 'l', ([from, to], chart) => {
    const origin = chart ?? latest;
    if (origin) lines((from + to) / 2, origin);
  });
  return (live) => {
    latest ??= live.element;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let doubled = Number.NEGATIVE_INFINITY;
    live.element.addEventListener('focus', () => {
      latest = live.element;
    });
    live.element.on?.('plotly_click', (event) => {
      const [point] = event.points as readonly { readonly x?: unknown }[];
      const seconds = secondsOf(point?.x);
      clearTimeout(waiting);
      if (seconds === undefined || performance.now() - doubled < SECOND_CLICK_MS) return;
      waiting = setTimeout(() => lines(seconds, live.element), SECOND_CLICK_MS);
    });
    onDoubleClick(live.element, () => {
      doubled = performance.now();
      clearTimeout(waiting);
    });
  };
}
