/** Secrets that are known by their own form, whatever stands before them. */
export interface SecretForm {
  /** What it was, for people: `[masked: AWS access key]`. */
  readonly kind: string;
  /**
   * Global; what is masked is group 1 where there is one, else all; the group is the last of what it matches that reads so. Each begins with fixed characters, and what may be long in it either
   * ends where it no longer fits or is bounded: the time is linear in the length of a line.
   */
  readonly pattern: RegExp;
}

export const SECRET_FORMS: readonly SecretForm[] = [
  // Without its end it goes on to the end of the text: in logs a key comes in pieces.
  { kind: 'private key', pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g },
  { kind: 'JWT', pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g },
  { kind: 'AWS access key', pattern: /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  // Base64 of what temporary credentials begin with.
  { kind: 'AWS session token', pattern: /(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz)[\w+/=%-]{20,}/g },
  { kind: 'GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g },
  { kind: 'GitLab token', pattern: /(?<![A-Za-z0-9])glpat-[\w-]{20,}/g },
  { kind: 'Slack token', pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}/g },
  { kind: 'Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/([\w/-]+)/g },
  { kind: 'Hugging Face token', pattern: /(?<![A-Za-z0-9])(?:hf|api_org)_[A-Za-z0-9]{20,}/g },
  { kind: 'API key', pattern: /(?<![A-Za-z0-9])sk-(?:[a-z0-9]{2,12}-){0,3}\w{16,}[\w-]*/g },
  {
    kind: 'API key',
    pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|npm_|pypi-|AIza|ya29\.|SG\.|dapi|nvapi-)[\w-]{16,}[\w.-]*/g,
  },
  // Tokens of headers; with a digit or padding in them, other than prose.
  { kind: 'authorization', pattern: /\bAWS4-HMAC-SHA256\s+(Credential=[^\r\n"']+)/g },
  {
    kind: 'authorization',
    pattern: /\b(?:bearer|apikey)(?:\s|%20|\+){1,4}((?=[\w.~+/-]{0,60}[\d=])[\w.~+/=-]{8,})/gi,
  },
  {
    kind: 'authorization',
    pattern: /\b(?:[Bb]asic|Negotiate)\s{1,4}((?=[\w+/]{0,60}[\d=])(?=[\w+/]{0,60}[A-Z])[\w+/]{8,}={0,2})/g,
  },
  // Of presigned and shared URLs.
  {
    kind: 'signature',
    pattern: /[?&;](?:X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential)|Signature|sig)=([^&\s"'<>[]+)/gi,
  },
  { kind: 'password', pattern: /:\/\/[^\s:/@]{0,256}:([^\s/]+)@/g },
  { kind: 'credentials', pattern: /:\/\/([^\s:/@]{20,256})@/g },
  // A line that is nothing but base64: a key, or a part of one.
  {
    kind: 'encoded text',
    pattern: /^(?=[^\r\n]{0,80}[a-z])(?=[^\r\n]{0,80}[A-Z])(?=[^\r\n]{0,80}\d)[A-Za-z0-9+/]{40,}={0,2}$/gm,
  },
];
