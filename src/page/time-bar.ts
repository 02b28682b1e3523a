import { rangeText } from '../charts/time.ts';
import type { Range } from '../charts/time-chart.ts';

/** Tells which part of the job the charts show, and changes it without a pointer. */
interface TimeBar {
  show(wanted: boolean): void;
  tell(range: Range, period: Range): void;
  /** Keys on a chart do what the buttons do. */
  press(event: KeyboardEvent, chart: HTMLElement): void;
  /** Adds a button, and its key, that does something with what is shown; `chart` where a key was pressed on it. */
  offer(sign: string, name: string, key: string, run: (range: Range, chart: HTMLElement | undefined) => void): void;
}

/** Part of what is shown by which a step moves it, and by which it grows and shrinks around its middle. */
const STEP = 0.5;
const ZOOM = 2;

interface Control {
  readonly sign: string;
  readonly name: string;
  readonly keys: readonly string[];
  change(range: Range, period: Range): Range;
}

const CONTROLS: readonly Control[] = [
  { sign: '‹', name: 'Earlier', keys: ['ArrowLeft'], change: (range) => moved(range, -STEP) },
  { sign: '›', name: 'Later', keys: ['ArrowRight'], change: (range) => moved(range, STEP) },
  { sign: '−', name: 'Longer', keys: ['-'], change: (range) => grown(range, ZOOM) },
  { sign: '+', name: 'Shorter', keys: ['+', '='], change: (range) => grown(range, 1 / ZOOM) },
  { sign: 'Whole time', name: '', keys: ['0', 'Escape'], change: (_, period) => period },
];

export function timeBar(document: Document, set: (range: Range) => void): TimeBar {
  const bar = document.createElement('div');
  bar.className = 'time-bar';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Time shown in all charts over time');
  const output = document.createElement('output');
  let shown: { range: Range; period: Range } | undefined;
  const run = ({ change }: Control) => shown && set(change(shown.range, shown.period));
  const addButton = (text: string, press: () => void) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = text;
    button.addEventListener('click', press);
    bar.append(button);
    return button;
  };
  bar.append(output);
  const buttons = CONTROLS.map((control) => {
    const button = addButton(control.sign, () => run(control));
    if (control.name !== '') button.setAttribute('aria-label', control.name);
    return button;
  });
  const offered = new Map<string, (chart: HTMLElement | undefined) => void>();
  bar.hidden = true;
  document.querySelector('.foot')?.append(bar);
  return {
    show(wanted) {
      bar.hidden = !wanted;
    },
    tell(range, period) {
      shown = { range, period };
      const whole = range[0] === period[0] && range[1] === period[1];
      output.textContent = rangeText(range);
      // A disabled button would lose the focus.
      buttons.at(-1)?.setAttribute('aria-disabled', String(whole));
    },
    press(event, chart) {
      const control = CONTROLS.find(({ keys }) => keys.includes(event.key));
      const other = offered.get(event.key);
      if (!(control || other) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (control) run(control);
      else other?.(chart);
    },
    offer(sign, name, key, act) {
      const perform = (chart: HTMLElement | undefined) => shown && act(shown.range, chart);
      offered.set(key, perform);
      addButton(sign, () => perform(undefined)).setAttribute('aria-label', name);
    },
  };
}

function moved([from, to]: Range, part: number): Range {
  return [from + (to - from) * part, to + (to - from) * part];
}

function grown([from, to]: Range, factor: number): Range {
  const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
  return [middle - half, middle + half];
}
