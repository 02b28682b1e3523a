import { isTimeChart } from '../charts/time-chart.ts';
import type { Report } from '../model/report.ts';
import { drillDown } from './drill-down.ts';
import { flameZoom } from './flame-zoom.ts';
import type { LinesAround } from './lines-around.ts';
import { enliven, type LiveChart } from './live-chart.ts';
import { pickMoments } from './pick-moments.ts';
import { readTheme, type Theme } from './plotly-theme.ts';
import { chartReader } from './report-data.ts';
import { rowPicker } from './row-picker.ts';
import { sharedTime } from './shared-time.ts';

/** How far below the fold a chart is made ready. */
const MARGIN_PIXELS = 200;

/**
 * Puts the interactive chart in the place of the static one as it scrolls into view, at the same height, so that nothing jumps.
 * Charts over time show the same part of the job; where there are lines of a log, a moment picked in them shows those around it.
 */
export function interactiveCharts(document: Document, report: Report, lines?: LinesAround): { retheme(): void } {
  const read = chartReader(report);
  const time = sharedTime(document);
  const pick = lines && pickMoments(time, lines);
  const live = new Set<LiveChart>();
  let known: Theme | undefined;
  const theme = () => {
    known ??= readTheme(document);
    return known;
  };
  const start = async (figure: HTMLElement) => {
    const chart = await read(figure.id);
    const one = chart && (await enliven(figure, chart, isTimeChart(chart) ? time.range() : undefined, theme));
    if (!one) return;
    live.add(one);
    if (isTimeChart(one.chart)) {
      time.join(one);
      pick?.(one);
    }
    if (one.chart.kind === 'activity') drillDown(figure, one.chart, time);
    if (one.chart.kind === 'flame') flameZoom(one);
    if (one.chart.kind === 'series') void rowPicker(one, one.chart, read);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        // What cannot be read or drawn stays the static chart.
        start(target as HTMLElement).catch(() => undefined);
      }
    },
    { rootMargin: `${MARGIN_PIXELS}px 0px` },
  );
  for (const figure of document.querySelectorAll('figure.figure')) observer.observe(figure);
  return {
    retheme() {
      known = undefined;
      live.forEach((one) => void one.draw());
    },
  };
}
