import { visibleName } from '../model/text.ts';

/** Folders of the service's own layout: `rule-output/ProfilerReport[-<epoch>]/profiler-output/profiler-reports`, `profiler-output/system/incremental/<hour>`. */
const LAYOUT =
  /^(?:profiler-reports?|profiler-output|ProfilerReport.*|rule-output|system|framework|incremental|pevents|\d{10}|)$/;

/** The folder that holds the service's layout: it is named after the training job. */
export function trainingJobName(source: string): string | undefined {
  // Before a colon stands the kind of a place (s3:) or a drive (C:, or one of JupyterLab's).
  const parts = source.replace(/^[^/\\]*:/, '').split(/[/\\]/);
  const name = parts.findLast((part) => !LAYOUT.test(part));
  return name && !/^\.*$/.test(name) ? visibleName(name) : undefined;
}
