import { POLICY_VERSION, reportOpened } from '../../beacon/payload.ts';
import type { Usage } from '../../model/usage.ts';
import { pythonString } from './python.ts';
import { source } from './source.ts';

/**
 * The code of the cell that may tell of the opening. All of it that can stands between two lines by which it can be taken out of a
 * written file; without it the function of the first cell is called, which sends nothing.
 */
export function setupCode(usage: Usage, toolVersion: string): string {
  if (usage.kind === 'silent') return 'setup_profiler_report(processing_job_arn, opt_out=True)';
  return [
    '# --- usage statistics ---',
    `_ENDPOINT = ${pythonString(usage.endpoint)}`,
    `_ARTIFACT = ${pythonString(reportOpened(toolVersion, usage.arn)['x-artifact-id'])}`,
    `_POLICY_VERSION = ${POLICY_VERSION}`,
    `_HASHED = ${usage.hashed ? 'True' : 'False'}`,
    '',
    `${source('consent')}\n\n\n${source('usage')}`,
    '# --- end of usage statistics ---',
    'setup_profiler_report(processing_job_arn, opt_out=False)',
  ].join('\n');
}
