import { maskNamed } from './named-secrets.ts';
import { maskPrivateKeys } from './private-keys.ts';
import { SECRET_FORMS } from './secret-forms.ts';

/** What AWS secret access keys look like; so does much else, unless the id of a key is told beside it. */
const AWS_SECRET =
  /(?<![\w/+=])(?=[a-z\d/+]{0,39}[A-Z])(?=[A-Z\d/+]{0,39}[a-z])(?=[A-Za-z/+]{0,39}\d)[A-Za-z\d/+]{40}(?![\w/+=])/g;

/**
 * The text with everything that looks like a secret masked; each mask tells what kind it was: `[masked: AWS access key]`. ARNs, URIs of
 * S3, UUIDs and plain hashes stay. Takes time linear in the length of the text, and leaves what it made as it is.
 */
export function maskSecrets(text: string): string {
  let masked = maskPrivateKeys(text);
  for (const { kind, pattern, isOne } of SECRET_FORMS) {
    const mask = `[masked: ${kind}]`;
    masked = masked.replace(pattern, (whole: string, part: unknown) => {
      const found = typeof part === 'string' ? part : whole;
      if (/^(?:\[masked:|…)/.test(found) || isOne?.(found) === false) return whole;
      const at = whole.lastIndexOf(found);
      return `${whole.slice(0, at)}${mask}${whole.slice(at + found.length)}`;
    });
  }
  if (masked.includes('[masked: AWS access key]')) masked = masked.replace(AWS_SECRET, '[masked: AWS secret key]');
  return maskNamed(masked);
}
