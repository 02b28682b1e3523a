/** What a made-up notebook of the service says. */
export interface ServiceNotebook {
  readonly arn?: string;
  /** The call in its fifth code cell. */
  readonly call?: string;
}

export const SERVICE_ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/made-up-profilerreport-1';
export const BUCKET = 'https://sm-profiler-report-eu-west-1.s3.eu-west-1.amazonaws.com/';
export const CALL = 'setup_profiler_report(processing_job_arn)';

/** A notebook with the cells that those of the service have, as far as usage statistics are concerned; run, as those are. */
export function serviceNotebook({ arn = SERVICE_ARN, call = CALL }: ServiceNotebook = {}): string {
  const shown = [
    { output_type: 'display_data', data: { 'text/html': '<b>12 %</b>', 'text/plain': ['12 %'] }, metadata: {} },
    { output_type: 'stream', name: 'stdout', text: ['a line\n'] },
  ];
  let run = 0;
  const code = (lines: readonly string[], tags: readonly string[], outputs: unknown[] = []) => ({
    cell_type: 'code',
    execution_count: ++run,
    metadata: { tags },
    outputs,
    source: lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line)),
  });
  const hidden = ['hide-input'];
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: ['# Report of a job'] },
    code(['import json', 'import pandas'], [...hidden, 'hide-output']),
    code(['from bokeh.io import output_notebook', 'output_notebook()'], hidden),
    code(['# Parameters', 'processing_job_arn = ""'], ['parameters', ...hidden, 'hide-output']),
    code(['# Parameters', `processing_job_arn = "${arn}"`], ['injected-parameters']),
    code(['from smdebug.core.utils import setup_profiler_report', '', ...call.split('\n')], [...hidden, 'hide-output']),
    code(['def show(table):', '    display(table)'], hidden),
    code(['show(json.dumps(12))'], hidden, shown),
  ];
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    papermill: { parameters: { processing_job_arn: arn } },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1)}\n`;
}
