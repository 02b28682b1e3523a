/** A notebook with one code cell for each output's data. */
export function foreignNotebook(outputs: readonly object[]): string {
  const cells = outputs.map((data, i) => ({
    id: `cell-${i}`,
    cell_type: 'code',
    metadata: {},
    source: [],
    execution_count: null,
    outputs: [{ output_type: 'display_data', metadata: {}, data }],
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}

/** A figure that tries every way plotly has to load something or lead somewhere. */
export function hostileFigure(address: string): object {
  const markup = `<span style="cursor:url(${address}cursor.png),auto;fill:red">a</span><a href="${address}link">b</a>`;
  const images = [{ source: `${address}image.png`, x: 0, y: 1, sizex: 1, sizey: 1, xref: 'paper', yref: 'paper' }];
  const buttons = [
    { label: markup, method: 'relayout', args: ['images[0].source', `${address}string.png`] },
    { label: 'x', method: 'relayout', args: [{ images }] },
  ];
  return {
    data: [{ type: 'bar', x: [markup, 'c'], y: [1, 2], name: markup, text: [markup, markup], hovertemplate: `%{x}${markup}` }],
    layout: {
      title: { text: markup },
      template: { layout: { imagedefaults: images[0], images } },
      updatemenus: [{ type: 'buttons', buttons }],
      annotations: [{ text: markup, x: 0, y: 1 }],
      xaxis: { title: { text: markup }, tickprefix: markup },
    },
    frames: [{ name: 'a', layout: { images } }],
    config: { plotlyServerURL: address, showSendToCloud: true, displayModeBar: true },
  };
}
