import type { Report, Section } from '../model/report.ts';
import { SILENT, type Usage } from '../model/usage.ts';
import { hiddenCell, markdownCell, type NotebookCell, notebookJson, parametersCell } from './notebook/cells.ts';
import { cellsDigest } from './notebook/digest.ts';
import { sectionOutputs } from './notebook/outputs.ts';
import { pythonString } from './notebook/python.ts';
import { isDrawn, sectionText } from './notebook/section.ts';
import { source } from './notebook/source.ts';
import { titleText } from './notebook/title.ts';
import { setupCode } from './notebook/usage.ts';

/** Where to go from here, for people who want to look deeper. */
const FURTHER = [
  '## Going on from here',
  'Run all cells; then each table above is a pandas DataFrame in `tables`, by its title: `tables["Utilization by node and metric"]`. `load("LowGPUUtilization").details` is a rule file as it is, and `show(chart)` draws a chart from a dict like those in the cells above.',
].join('\n\n');

const FURTHER_MONITORED = [
  '## Going on from here',
  'Run all cells; then each table above is a pandas DataFrame in `tables`, by its title, and `show(chart)` draws a chart from a dict. `json.loads(Path("profiler-report.json").read_text())` is the report as it is.',
].join('\n\n');

/** What cells need that draw the report's JSON. */
const MONITORED_HELPERS = ['start', 'chart_layout', 'charts', 'time_charts', 'showing'];

/**
 * The report as a notebook, nbformat 4.5: rendered already, and computed anew from the rule files when it is run.
 * It keeps the contract of the service's notebooks: `processing_job_arn` is set in the cell tagged `parameters`, and the fifth code cell
 * calls `setup_profiler_report(processing_job_arn, opt_out=...)`; of what CloudWatch has the service made none. A file of ours is known by `metadata.profiler_report`.
 */
export function notebook(report: Report, usage: Usage = SILENT): string {
  const { processingJobArn: arn, kind } = report.job;
  const isAnyDrawn = report.sections.some((section) => isDrawn(section, report));
  const cells = [
    markdownCell('title', titleText(report)),
    ...(kind ? MONITORED_HELPERS.map(helperCell) : helperCells(arn ?? '', setupCode(usage, report.tool.version), isAnyDrawn)),
    ...report.sections.flatMap((section) => sectionCells(section, report)),
    markdownCell('further', kind ? FURTHER_MONITORED : FURTHER),
  ];
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' },
      language_info: { name: 'python', file_extension: '.py', mimetype: 'text/x-python' },
      profiler_report: {
        version: report.tool.version,
        source: report.job.source,
        ...(arn === undefined ? {} : { processing_job_arn: arn }),
        // Tells whether people changed it since.
        cells_sha256: cellsDigest(cells),
      },
    },
    cells,
  };
  return notebookJson(content);
}

/** @param overTime whether there are charts that the rule files alone do not give. */
function helperCells(arn: string, setup: string, overTime: boolean): NotebookCell[] {
  const charts = ['chart_layout', 'charts', ...(overTime ? ['time_charts'] : []), 'showing', 'framework', 'bottlenecks'];
  return [
    ...['start', 'reading', 'measures'].map(helperCell),
    parametersCell('parameters', `processing_job_arn = ${pythonString(arn)}`),
    hiddenCell('setup', setup),
    ...charts.map(helperCell),
  ];
}

function helperCell(name: string): NotebookCell {
  return hiddenCell(name, source(name));
}

function sectionCells(section: Section, report: Report): NotebookCell[] {
  return [
    markdownCell(`${section.id}-text`, sectionText(section, report)),
    hiddenCell(`${section.id}-code`, sectionCode(section, report), sectionOutputs(section, report)),
  ];
}

/** What the rule files do not tell is drawn from the report's JSON beside the notebook. */
function sectionCode(section: Section, report: Report): string {
  return isDrawn(section, report) ? `show_section(${pythonString(section.id)})` : source(`sections/${section.id}`);
}
