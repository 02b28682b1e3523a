import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/logs/without-secrets.ts';
import { monitoredEndpoint } from '../monitored.ts';

test('masks all that others wrote, once', () => {
  const said = 'failed: password=Sesame1';
  const given = {
    ...monitoredEndpoint({
      subject: { failureReason: said, phases: [{ status: 'Failed', startSeconds: 1, message: said }] },
      lines: [{ seconds: 1, stream: `a/${said}`, message: said }],
    }),
    damage: [{ kind: 'left out', count: 1, detail: said } as const],
  };
  const masked = withoutSecrets(given);
  expect(JSON.stringify(masked)).not.toContain('Sesame');
  expect(JSON.stringify(masked).match(/\[masked: password\]/g)).toHaveLength(5);
  expect(withoutSecrets(masked)).toEqual(masked);
});
