import { titledFigure } from '../../charts/plotly.ts';
import { escapeXml } from '../../charts/svg/pen.ts';
import { chartSvg } from '../../charts/svg.ts';
import { chartTable } from '../../charts/table.ts';
import type { Chart } from '../../model/chart.ts';
import type { Block, FactsBlock, Report, Section, Table } from '../../model/report.ts';
import { RULE_NAMES } from '../../model/rule-names.ts';
import { count } from '../../model/text.ts';
import { cellTexts, columnTitle, isNumeric } from '../cells.ts';
import type { Output } from './cells.ts';
import { isComputed, shownPanels } from './section.ts';

/** By itself plotly offers to upload a chart to its maker's cloud. */
const PLOTLY_CONFIG = { showSendToCloud: false, plotlyServerURL: '', displaylogo: false };

/** Width of the pictures in px: fits beside the prompts of a notebook on a small screen. */
const PICTURE_PX = 720;

/**
 * What the code cell of a section shows, in its order. A notebook from elsewhere is not trusted: scripts, styles and inline SVG are
 * taken out there, while plotly's JSON, tables and pictures as data URIs stay.
 */
export function sectionOutputs(section: Section, report: Report): Output[] {
  return section.blocks.flatMap((block) => blockOutputs(block, section, report));
}

function blockOutputs(block: Block, section: Section, report: Report): Output[] {
  switch (block.kind) {
    case 'chart':
      return [chartOutput(block.chart)];
    case 'table':
      return isComputed(block.table) ? [tableOutput(block.table)] : [];
    case 'facts':
      return block.facts.length > 0 ? [tableOutput(factsTable(block))] : [];
    case 'rules':
      return report.job.kind ? [] : [tableOutput(countsTable(report))];
    case 'panels':
      return shownPanels(section, block, report).flatMap((panel) =>
        panel.blocks.flatMap((inner) => blockOutputs(titled(inner, panel.title), section, report)),
      );
    default:
      return [];
  }
}

/** In a notebook nothing but its title tells the chart of one node from that of the next. */
function titled(block: Block, panel: string): Block {
  return block.kind === 'chart' ? { ...block, chart: { ...block.chart, title: `${panel}: ${block.chart.title}` } } : block;
}

function chartOutput(chart: Chart): Output {
  const table = chartTable(chart);
  const picture = `data:image/svg+xml;base64,${base64(chartSvg(chart, { width: PICTURE_PX, standalone: true }))}`;
  const html = [
    heading(chart.title),
    `<p><img alt="${escapeXml(chart.alt)}" src="${picture}"></p>`,
    `<details><summary>Numbers</summary>${tableHtml(table)}</details>`,
  ];
  return output(html, `${chart.title}\n${chart.alt}`, {
    'application/vnd.plotly.v1+json': { ...titledFigure(chart), config: PLOTLY_CONFIG },
  });
}

function tableOutput(table: Table): Output {
  const left = (table.totalRows ?? table.rows.length) - table.rows.length;
  const more = left > 0 ? [`… and ${count(left)} more rows`] : [];
  const texts = [table.columns.map(columnTitle), ...cellTexts(table)].map((row) => row.join('\t'));
  const html = [heading(table.title), tableHtml(table), ...more.map((line) => `<p>${line}</p>`)];
  return output(html, [table.title, ...texts, ...more].join('\n'), {});
}

/** The rules' own counts, a row per rule file in the order in which the service wrote them. */
function countsTable({ rules, inputs }: Report): Table {
  const columns = [
    ...['Rule', 'File'].map((label) => ({ label, kind: 'text' as const })),
    ...['Triggered', 'Violations', 'Data points'].map((label) => ({ label, kind: 'number' as const })),
    { label: 'Parameters', kind: 'text' as const },
  ];
  const rows = RULE_NAMES.map((name) => {
    const result = rules.find(({ rule }) => rule === name);
    // Files made from raw data are not among the inputs; a rule that broke has none.
    const status =
      inputs.find(({ file }) => file === `${name}.json`)?.status ?? (result?.triggered === undefined ? 'missing' : 'read');
    const parameters = status === 'read' ? (result?.parameters ?? []) : [];
    const settings = parameters.map((parameter) => `${parameter.name} ${parameter.value}`).join(', ');
    return [name, status, result?.triggered ?? null, result?.violations ?? null, result?.datapoints ?? null, settings];
  });
  return { id: 'counts', title: 'The rules’ own counts', columns, rows, searchable: false };
}

function factsTable({ facts }: FactsBlock): Table {
  const labels = facts.some(({ detail }) => detail) ? ['Fact', 'Value', 'Remark'] : ['Fact', 'Value'];
  const columns = labels.map((label) => ({ label, kind: 'text' as const }));
  const rows = facts.map(({ label, value, detail }) => [label, value, detail ?? ''].slice(0, columns.length));
  return { id: 'facts', title: 'Key figures', columns, rows, searchable: false };
}

function output(html: readonly string[], plain: string, more: Output['data']): Output {
  return { output_type: 'display_data', data: { ...more, 'text/html': html.join('\n'), 'text/plain': plain }, metadata: {} };
}

function heading(title: string): string {
  return `<h4>${escapeXml(title)}</h4>`;
}

function tableHtml(table: Table): string {
  const align = table.columns.map((column) => (isNumeric(column) ? '' : ' style="text-align: left"'));
  const row = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((text, i) => `<${tag}${align[i]}>${escapeXml(text)}</${tag}>`).join('')}</tr>`;
  const body = cellTexts(table).map((texts) => row('td', texts));
  return `<table><thead>${row('th', table.columns.map(columnTitle))}</thead>\n<tbody>${body.join('\n')}</tbody></table>`;
}

/** Of the text as UTF-8, without anything that only Node or only a browser has. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
