import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isZoomable, readFigure } from '../../jupyter-extension/src/charts/figure.ts';
import { plainMarkup, safeValue } from '../../jupyter-extension/src/charts/safe-value.ts';
import { titledFigure } from '../../src/charts/plotly.ts';
import { sampleCharts } from '../charts/samples.ts';
import { timeReport } from '../fixtures/time-report.ts';
import { chartsOf } from './charts-of.ts';

const IMAGE = 'http://127.0.0.1/a.png';

describe('figures of ours', () => {
  test('are drawn as they are, whatever their kind', () => {
    const charts = [...sampleCharts(4), ...chartsOf(timeReport())];
    expect(new Set(charts.map(({ kind }) => kind)).size).toBe(12);
    for (const chart of charts) {
      const figure = titledFigure(chart);
      const { data, layout } = readFigure(JSON.parse(JSON.stringify(figure)));
      expect({ data, layout }).toEqual(JSON.parse(JSON.stringify(figure)));
    }
  });

  test('need only the traces that plotly is bundled with', () => {
    const bundled = readFileSync(new URL('../../src/page/plotly.ts', import.meta.url), 'utf8').matchAll(
      /plotly\.js\/lib\/(\w+)\.js/g,
    );
    for (const [, name] of bundled) if (name !== 'core') expect(() => readFigure({ data: [{ type: name }] })).not.toThrow();
  });
});

describe('figures of others', () => {
  test.each([
    [{ data: [{ type: 'scatter3d' }] }, 'needs the plotly trace “scatter3d”'],
    [{ data: [{}], frames: [{ data: [{ type: 'pie' }] }] }, 'needs the plotly trace “pie”'],
    [{ data: [], layout: { images: [{ source: IMAGE }] } }, 'holds pictures'],
    [{ data: [{ y: Array(600_000).fill(1) }] }, 'is too large'],
    [{ data: [], layout: { annotations: Array(1001).fill({}) } }, 'is too large'],
    [{ data: [], layout: { template: Array(20_000).fill({}) } }, 'is too large'],
    [{ data: [{ a: JSON.parse('['.repeat(200) + ']'.repeat(200)) }] }, 'is too large'],
    [[], 'is none that plotly knows'],
    [null, 'is none that plotly knows'],
    [{ data: 'x' }, 'is none that plotly knows'],
    [{ data: [1] }, 'is none that plotly knows'],
  ])('%#: are refused with a reason where they cannot be drawn', (figure, reason) => {
    expect(() => readFigure(figure)).toThrow(reason);
  });

  test('without a height get one, with an absurd one a bounded one; their width is the cell’s', () => {
    const heightOf = (layout: object) => readFigure({ data: [], layout }).height;
    expect([heightOf({}), heightOf({ height: 1e9 }), heightOf({ height: -1 }), heightOf({ height: '9' })]).toEqual([
      450, 4000, 80, 450,
    ]);
    expect(readFigure({ data: [], layout: { width: 9999 } }).layout).not.toHaveProperty('width');
  });

  test('with a background of their own keep their colours', () => {
    expect(readFigure({ data: [], layout: { paper_bgcolor: 'black' } }).hasOwnLook).toBe(true);
    expect(readFigure({ data: [], layout: { template: { layout: { paper_bgcolor: 'black' } } } }).hasOwnLook).toBe(false);
  });

  test('are zoomed where an axis lets itself be', () => {
    expect(isZoomable({ data: [], layout: { xaxis: {}, yaxis: { fixedrange: true } } })).toBe(true);
    expect(isZoomable({ data: [], layout: { xaxis: { fixedrange: true }, yaxis: { fixedrange: true } } })).toBe(false);
  });
});

describe('what could load or lead elsewhere', () => {
  test.each([
    [{ template: { layout: { imagedefaults: { source: IMAGE } } } }],
    [{ updatemenus: [{ buttons: [{ method: 'relayout', args: ['images[0].source', IMAGE] }] }] }],
    [{ updatemenus: [{ buttons: [{ method: 'relayout', args2: [{ 'images[0]': { source: IMAGE } }] }] }] }],
    [{ sliders: [{ steps: [{ method: 'relayout', args: [{ images: [{ source: IMAGE }] }] }] }] }],
    [{ title: { text: `<span style="cursor:url(${IMAGE})">a</span>` } }],
    [{ annotations: [{ text: `<b style='mask:url(${IMAGE})'>a</b>`, hovertext: `<a href="${IMAGE}">a</a>` }] }],
  ])('%#: is taken out of a layout', (layout) => {
    const text = JSON.stringify(readFigure({ data: [{ type: 'bar', y: [1] }], layout, config: { plotlyServerURL: IMAGE } }));
    expect(text).not.toMatch(/images|imagedefaults|<[^b/]|<b |plotlyServerURL/);
  });

  test('is taken out of frames and data', () => {
    const frames = [{ layout: { images: [{ source: IMAGE }] }, data: [{ text: `<a href="${IMAGE}">a</a>` }] }];
    expect(JSON.stringify(readFigure({ data: [{ name: '<a href=x>b</a>' }], frames }))).not.toMatch(/127|href/);
  });

  test.each([
    ['a <b>bold</b> and<br>broken', 'a <b>bold</b> and<br>broken'],
    ['a<a href="x">b</a>c', 'abc'],
    ['<A HREF=x\n>b</A >', 'b'],
    ['<a<a href="x">b', '&#60;ab'],
    ['<<span style="x">a href="y">', '&#60;a href="y">'],
    ['<b style="x">b</b>', '&#60;b style="x">b</b>'],
    ['<i/x style="y">', '&#60;i/x style="y">'],
    ['1 < 2', '1 &#60; 2'],
    ['&#60;a href', '&#60;a href'],
  ])('%s becomes %s', (text, plain) => expect(plainMarkup(text)).toBe(plain));

  test('no key reaches the prototype of an object', () => {
    const safe = safeValue(JSON.parse('{"a": {"__proto__": {"images": 1}, "constructor": 2}}'), 1000) as { a: object };
    expect(Object.keys(safe.a)).toEqual(['constructor']);
    expect('images' in safe.a).toBe(false);
  });
});
