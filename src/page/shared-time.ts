import { isTimeChart, type Range } from '../charts/time-chart.ts';
import { onDoubleClick } from './double-click.ts';
import type { LiveChart } from './live-chart.ts';
import { timeBar } from './time-bar.ts';

/** What all charts over time show. */
export interface SharedTime {
  /** Seconds since the epoch; undefined while all of the job is shown. */
  range(): Range | undefined;
  /** The chart follows the others, and they follow it. */
  join(live: LiveChart): void;
  /** Called with each new range; the whole period where all is shown. */
  follow(listener: (range: Range) => void): void;
  /** One more button beside those that change what is shown, and its key on a chart. */
  offer(sign: string, name: string, key: string, run: (range: Range, from: HTMLElement | undefined) => void): void;
}

/** Shortest part of the period that can be zoomed to. */
const SHORTEST_PART = 1 / 20000;

export function sharedTime(document: Document): SharedTime {
  let period: Range | undefined;
  let range: Range | undefined;
  const charts = new Map<Element, LiveChart>();
  const inView = new Set<LiveChart>();
  const listeners: ((range: Range) => void)[] = [];
  const bar = timeBar(document, (next) => set(next));

  const bring = (live: LiveChart) => {
    const wanted = range ?? period;
    const [from, to] = live.range ?? period ?? [];
    if (wanted && (wanted[0] !== from || wanted[1] !== to)) void live.move(wanted);
  };
  /** Those out of sight follow when they come into view. */
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const live = charts.get(target);
      if (!live) continue;
      if (isIntersecting) {
        inView.add(live);
        bring(live);
      } else inView.delete(live);
    }
    bar.show(inView.size > 0);
  });

  function set(wanted: Range): void {
    if (!period) return;
    const next = within(wanted, period);
    range = next[0] === period[0] && next[1] === period[1] ? undefined : next;
    inView.forEach(bring);
    bar.tell(next, period);
    for (const listener of listeners) listener(next);
  }

  return {
    range: () => range,
    offer: bar.offer,
    follow: (listener) => {
      listeners.push(listener);
      if (range) listener(range);
    },
    join(live) {
      if (!isTimeChart(live.chart)) return;
      period ??= live.chart.period;
      bar.tell(range ?? period, period);
      charts.set(live.element, live);
      seen.observe(live.element);
      live.element.tabIndex = 0;
      live.element.addEventListener('keydown', (event) => bar.press(event, live.element));
      live.element.on?.('plotly_relayout', (event) => {
        const [from, to] = [event['xaxis.range[0]'], event['xaxis.range[1]']].map(secondsOf);
        if (from === undefined || to === undefined) return;
        set([from, to]);
        // What was dragged beyond the job comes back.
        const now = range ?? period;
        if (now && (now[0] !== from || now[1] !== to)) void live.move(now);
      });
      onDoubleClick(live.element, () => period && set(period));
    },
  };
}

/** Plotly's date, which is in UTC and may lack its end, or a number. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const [day, time = '00:00'] = value.split(' ');
  const milliseconds = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

/** The range, moved and cut so that it lies in the period. */
function within([from, to]: Range, [low, high]: Range): Range {
  const length = Math.min(high - low, Math.max(to - from, (high - low) * SHORTEST_PART));
  const start = Math.min(Math.max(low, from), high - length);
  return [start, start + length === high ? high : Math.min(high, start + length)];
}
