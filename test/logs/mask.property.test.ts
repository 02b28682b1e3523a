import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanMessage } from '../../src/logs/message.ts';

/** Letters and digits of all kinds, as tokens have them. */
const token = fc
  .string({ unit: fc.constantFrom(...'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'), minLength: 24, maxLength: 40 })
  .filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && new Set(text).size > 12);

/** How programs write them. */
const WRITTEN: readonly ((secret: string) => string)[] = [
  (secret) => `password=${secret}`,
  (secret) => `"client_secret": "${secret}"`,
  (secret) => `\\"token\\": \\"${secret}\\"`,
  (secret) => `api_key: '${secret}'`,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `https://user:${secret}@host/path`,
  (secret) => `--password ${secret}`,
  (secret) => `hf_${secret}`,
  (secret) => `ghp_${secret}`,
  (secret) => `signing with key ${secret}`,
  (secret) => `?X-Amz-Signature=${secret}&a=b`,
  (secret) => `-----BEGIN PRIVATE KEY-----\n${secret}\n`,
];

test('no secret survives, whatever stands around it', () => {
  const around = fc.string({ unit: fc.constantFrom(...'ab1 =:"\'{}[],;/-_\n\t\\'), maxLength: 30 });
  fc.assert(
    fc.property(around, around, token, fc.constantFrom(...WRITTEN), (before, after, secret, written) => {
      const masked = cleanMessage(`${before} ${written(secret)} ${after}`);
      expect(masked).not.toContain(secret);
      expect(masked).toContain('[masked: ');
      expect(cleanMessage(masked)).toBe(masked);
    }),
    { numRuns: 3000 },
  );
});

test('all else stays as it is', () => {
  const word = fc.constantFrom(
    'INFO',
    'loss',
    '0.123',
    'epoch',
    'i-0d4e5f6a7b8c9d0e1',
    '/opt/ml/model',
    's3://b/k',
    'took 5 s',
    '200',
    'user',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      expect(cleanMessage(words.join(' '))).toBe(words.join(' '));
    }),
  );
});
