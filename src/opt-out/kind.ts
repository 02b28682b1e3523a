import { namesPicture } from './picture.ts';

/** The mark before what a page of ours holds on usage statistics. */
export const OPEN = '<!--usage-statistics-->';
const GENERATOR = '<meta name="generator" content="profiler-report';

/** The generator is named in the head; what a page says may hold anything. */
const HEAD_BYTES = 4096;

/** Whose report a page of html is, ours or the original service's; undefined where it is none. */
export function kindOfPage(text: string): 'own' | 'service' | undefined {
  if (text.slice(0, HEAD_BYTES).includes(GENERATOR) || text.includes(OPEN)) return 'own';
  return namesPicture(text) || /setup_profiler_report|processing_job_arn/.test(text) ? 'service' : undefined;
}
