import type { OptOut } from '../../src/opt-out/opt-out.ts';
import { optOut } from '../../src/opt-out/opt-out.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/sample';

/** What makes our reports ask, without and with a hash. */
export const asking = [
  { kind: 'asking', endpoint: 'https://stats.example.org/count', arn: ARN, hashed: false },
  { kind: 'asking', endpoint: 'http://127.0.0.1:8080/', arn: 'ab'.repeat(32), hashed: true },
] as const;

const bucket = 'https://sm-profiler-report-eu-west-1.s3.eu-west-1.amazonaws.com/';
/** The request of the service's picture. */
export const request = `${bucket}?x-artifact-id=profiler_report_v1&x-arn=${ARN}`;
export const picture = `<img id="profiler-telemetry" src="${request}">`;

/** A page as the service makes it, as far as opting out is concerned. */
export function servicePage(end = picture): string {
  return `<!DOCTYPE html>\r\n<html><head><title>profiler-report</title></head>\n<body><pre>processing_job_arn = "${ARN}"</pre>\n${end}</body></html>`;
}

/** A notebook as the service makes it, as far as opting out is concerned; `call` is the source of its fifth code cell. */
export function serviceNotebook(call: unknown, outputs: unknown = []): string {
  const code = (source: unknown, shown: unknown = []) => ({
    cell_type: 'code',
    execution_count: 1,
    metadata: { tags: ['hide-input'] },
    outputs: shown,
    source,
  });
  const cells = [
    { cell_type: 'markdown', metadata: {}, source: ['# Report\n', 'é 日本 𝄞 <b>'] },
    code(['import json\n', 'import bokeh']),
    code(`processing_job_arn = "${ARN}"`),
    code(call, outputs),
  ];
  return JSON.stringify({ cells, metadata: { papermill: { parameters: { processing_job_arn: ARN } } }, nbformat: 4 }, null, 1);
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What became of a file, as text; throws where it is no report. */
export function optedOut(name: string, file: string | Uint8Array): Omit<OptOut, 'bytes'> & { readonly text: string } {
  const result = optOut(name, typeof file === 'string' ? bytesOf(file) : file);
  if (!result) throw new Error(`${name} is no report`);
  const { bytes, changes, left } = result;
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), changes, left };
}
