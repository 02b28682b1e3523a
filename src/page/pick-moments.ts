import { highestMoment } from '../charts/highest.ts';
import { isTimeChart } from '../charts/time-chart.ts';
import { onDoubleClick } from './double-click.ts';
import type { LinesAround } from './lines-around.ts';
import type { LiveChart } from './live-chart.ts';
import { type SharedTime, secondsOf } from './shared-time.ts';

/** So long plotly waits for the second click of two, which show the whole job; it tells of both. */
const SECOND_CLICK_MS = 310;

/**
 * A click on a point goes to the lines around its moment; so do a button and the key `l`, around the highest point of what is shown: the
 * spike, or where nothing is drawn the middle. What it gives back is to be called with each chart over time.
 */
export function pickMoments(time: SharedTime, lines: LinesAround): (live: LiveChart) => void {
  const charts = new Map<Element, LiveChart>();
  let latest: HTMLElement | undefined;
  time.offer('Log lines', 'Log lines around its highest point', 'l', (range, chart) => {
    const origin = chart ?? latest;
    const drawn = origin && charts.get(origin)?.chart;
    if (!origin || !drawn || !isTimeChart(drawn)) return;
    lines(highestMoment(drawn, range) ?? (range[0] + range[1]) / 2, origin);
  });
  return (live) => {
    latest ??= live.element;
    charts.set(live.element, live);
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
