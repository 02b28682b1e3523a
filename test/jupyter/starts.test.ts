import { describe, expect, test } from 'vitest';
import { type Flavour, hasLab, startLab } from './lab.ts';

describe.skipIf(!hasLab)('the extension', () => {
  test.each<Flavour>(['lab', 'lab42', 'notebook'])(
    'starts in %s, without a word and without asking anybody else',
    async (flavour) => {
      const lab = await startLab({ flavour });
      try {
        const page = await lab.open();
        const plugins = await page.evaluate(() =>
          (window as unknown as { jupyterapp: { listPlugins(): string[] } }).jupyterapp
            .listPlugins()
            .filter((id) => id.startsWith('profiler-report-jupyterlab:')),
        );
        expect(plugins).toContain('profiler-report-jupyterlab:plugin');
        expect(lab.complaints.filter((text) => text.includes('profiler-report') || text.includes('Unsatisfied'))).toEqual([]);
        expect(lab.requests.filter((url) => !url.startsWith(lab.url.replace(/\/$/, '')))).toEqual([]);
      } finally {
        await lab.close();
      }
    },
  );
});
