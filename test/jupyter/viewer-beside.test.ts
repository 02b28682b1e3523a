import type { Contents } from '@jupyterlab/services';
import { expect, test } from 'vitest';
import { notebookBeside } from '../../jupyter-extension/src/viewer/beside.ts';

/** Folders of a lab, each with the names in it. */
function folders(names: Readonly<Record<string, readonly string[]>>): Contents.IManager {
  const get = async (folder: string) => {
    if (!names[folder]) throw new Error(`no ${folder}`);
    return { content: names[folder].map((name) => ({ name })) };
  };
  return { get } as unknown as Contents.IManager;
}

test.each([
  ['my-job.html', { '': ['profiler-report.ipynb', 'my-job.ipynb'] }, 'my-job.ipynb'],
  ['a/my-job.html', { a: ['profiler-report.ipynb'] }, 'a/profiler-report.ipynb'],
  ['s3:profiler-report.html', { '': ['profiler-report.ipynb'], 's3:': ['profiler-report.ipynb'] }, 's3:profiler-report.ipynb'],
  ['s3:my-job.html', { '': ['profiler-report.ipynb'], 's3:': ['my-job.ipynb'] }, 's3:my-job.ipynb'],
  ['s3:my-job.html', { '': ['profiler-report.ipynb'], 's3:': [] }, undefined],
  ['gone/my-job.html', {}, undefined],
])('the notebook beside %s in %j is %s', async (path, names, notebook) => {
  expect(await notebookBeside(folders(names), path)).toBe(notebook);
});
