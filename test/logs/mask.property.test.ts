import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanMessage } from '../../src/logs/message.ts';

/** Letters and digits of all kinds, as tokens have them. */
const token = fc
  .string({ unit: fc.constantFrom(...'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'), minLength: 24, maxLength: 40 })
  .filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && new Set(text).size > 12);

/** How programs write them: each shows that something was masked. */
const WRITTEN: readonly ((secret: string) => string)[] = [
  (secret) => `password=${secret}`,
  (secret) => `"client_secret": "${secret}"`,
  (secret) => `\\"token\\": \\"${secret}\\"`,
  (secret) => `api_key: '${secret}'`,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `https://user:${secret}@host/path`,
  (secret) => `https://${secret}@host/path`,
  (secret) => `--password ${secret}`,
  (secret) => `hf_${secret}`,
  (secret) => `ghp_${secret}`,
  (secret) => `sk-proj-ab-${secret}`,
  (secret) => `GOCSPX-${secret}`,
  (secret) => `signing with key ${secret}`,
  (secret) => `?X-Amz-Signature=${secret}&a=b`,
  (secret) => `u=https%3A%2F%2Fb%2Fk%3Fa%3Db%26X-Amz-Signature%3D${secret}%26c`,
  (secret) => `-----BEGIN PRIVATE KEY-----\n${secret}\n`,
  (secret) => ` curl -u admin:${secret} https://host`,
  (secret) => ` mysql -uroot -p${secret} db`,
  (secret) => ` machine h login u password ${secret}`,
  (secret) => `jdbc:oracle:thin:scott/${secret}@//h:1521/x`,
];
/** Values after a name, which may begin with anything. */
const NAMED: readonly ((secret: string) => string)[] = [
  (secret) => `password=${secret}`,
  (secret) => ` DB_PASS: ${secret}`,
  (secret) => ` pw=${secret}`,
  (secret) => `aws_secret_access_key=${secret}`,
  (secret) => `'--db-password', '${secret}'`,
  (secret) => `SM_USER_ARGS=["--db_password","${secret}"]`,
  (secret) => ` --hf-token ${secret}`,
  (secret) => `{"Authorization":["Token ${secret}"]}`,
  (secret) => `[('authorization', '${secret}')]`,
  (secret) => `{"password": {"value": "${secret}"}}`,
  (secret) => `{"passwords": ["a", "${secret}"]}`,
  (secret) => `{"name": "DB_PASSWORD", "value": "${secret}"}`,
  (secret) => `"set-cookie":["a=b","sid=${secret}"]`,
  (secret) => `\nCookie: a="b"; sid=${secret}\n`,
  (secret) => `\nAuthorization: Digest username="u", response="${secret}"\n`,
  (secret) => `password: str = "${secret}"`,
  (secret) => `password -> ${secret} `,
  (secret) => `| password   | ${secret} |`,
  (secret) => `password\t${secret}`,
  (secret) => `password       :       ${secret}`,
  (secret) => `"password":\n    "${secret}"`,
  (secret) => `PWD={odbc;${secret}};`,
  (secret) => `password=a,${secret}`,
  (secret) => `password=b'${secret}'`,
  (secret) => `password%3D${secret}`,
  (secret) => `password&#61;${secret}`,
  (secret) => `password＝${secret}`,
  (secret) => `pass\u200bword\u001b]8;;\u0007=${secret}`,
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

test.each([...'/$%#!*+{([&'])('no value after a name survives that begins with %s', (first) => {
  fc.assert(
    fc.property(token, fc.constantFrom(...NAMED), (secret, written) => {
      const masked = cleanMessage(`ERROR ${written(`${first}${secret}`)} end`);
      expect(masked).not.toContain(secret);
      expect(cleanMessage(masked)).toBe(masked);
    }),
    { numRuns: 300 },
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
