import type { LiveChart } from './live-chart.ts';

/** A click on a function shows it and what it called at full width; a button shows all again. */
export function flameZoom(live: LiveChart): void {
  const button = live.figure.ownerDocument.createElement('button');
  button.type = 'button';
  button.className = 'quiet beside-caption';
  button.textContent = 'Whole graph';
  button.hidden = true;
  button.addEventListener('click', () => {
    button.hidden = true;
    void live.draw({ range: undefined });
  });
  live.figure.querySelector('figcaption')?.after(button);
  live.element.on?.('plotly_click', (event) => {
    const { chart } = live;
    const [point] = event.points as readonly { readonly customdata?: readonly unknown[] }[];
    const frame = chart.kind === 'flame' ? chart.frames[Number(point?.customdata?.at(-1))] : undefined;
    if (!frame) return;
    button.hidden = false;
    void live.draw({ range: [frame.startSeconds, frame.startSeconds + frame.widthSeconds] });
  });
}
