import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnequalPairs } from '../../src/measures/unequal-pairs.ts';
import { workloadOf, workloadPairs } from '../../src/measures/workloads.ts';

const THRESHOLD = 0.2;
const GPUS = ['algo-1 gpu0', 'algo-1 gpu1', 'algo-2 gpu0', 'algo-2 gpu1'];
/** What each of the four GPUs adds to its three bins at one look. */
const growth = fc.array(fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 30 });

test('growing histograms: the same pairs in the same order as when all are reckoned anew each time', () => {
  fc.assert(
    fc.property(growth, fc.nat(20), (looks, patience) => {
      const all = GPUS.map((name) => {
        const [node = '', gpu = ''] = name.split(' ');
        return { node, gpu, counts: [0, 0, 0] };
      });
      const samples = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
      const pairs = new UnequalPairs<(typeof all)[number]>(THRESHOLD);
      const expected = new Map<string, { look: number; distance: number; spans: number[] }>();
      for (const [look, added] of looks.entries()) {
        for (const [g, { counts }] of all.entries()) {
          for (const [i, count] of counts.entries()) counts[i] = count + (added[3 * g + i] ?? 0);
        }
        const judged = all.filter(({ counts }) => samples(counts) > patience);
        const unequal = workloadPairs(judged.map(({ node, gpu, counts }) => workloadOf(node, gpu, counts))).filter(
          ({ distance }) => distance > THRESHOLD,
        );
        for (const { a, b, distance } of unequal) {
          const key = `${a.node} ${a.gpu} ${b.node} ${b.gpu}`;
          expected.set(key, { look, distance, spans: [...(expected.get(key)?.spans ?? []), look] });
        }
        expect(pairs.look(judged, { startSeconds: look, endSeconds: look + 1 })).toBe(unequal.length);
      }
      const last = [...expected].filter(([, { look }]) => look === looks.length - 1);
      expect(
        pairs.last().map(({ a, b, distance, spans }) => {
          const key = `${a.node} ${a.gpu} ${b.node} ${b.gpu}`;
          return [key, { look: looks.length - 1, distance, spans: spans.map(({ startSeconds }) => startSeconds) }];
        }),
      ).toEqual(last);
    }),
    { numRuns: 300 },
  );
});
