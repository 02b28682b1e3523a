import { describe, expect, test } from 'vitest';
import { activePlugins, type Flavour, hasLab, PLUGINS, startLab } from './lab.ts';

describe.skipIf(!hasLab)('the extension', () => {
  test.each<Flavour>(['lab', 'lab42', 'notebook'])(
    'starts in %s with all its plugins, without a word and without asking anybody else',
    async (flavour) => {
      const lab = await startLab({ flavour });
      try {
        const page = await lab.open();
        await expect.poll(() => activePlugins(page)).toEqual(PLUGINS);
        expect(lab.complaints.filter((text) => text.includes('profiler-report') || text.includes('Unsatisfied'))).toEqual([]);
        expect(lab.requests.filter((url) => !url.startsWith(lab.url.replace(/\/$/, '')))).toEqual([]);
      } finally {
        await lab.close();
      }
    },
  );
});
