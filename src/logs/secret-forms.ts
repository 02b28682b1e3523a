/** Secrets that are known by their own form, whatever stands before them. */
export interface SecretForm {
  /** What it was, for people: `[masked: AWS access key]`. */
  readonly kind: string;
  /**
   * Global; what is masked is group 1 where there is one, else all; the group is the last of what it matches that reads so. Each begins
   * with fixed characters, and what may be long in it either ends where it no longer fits or is bounded: the time is linear in the length
   * of a line.
   */
  readonly pattern: RegExp;
  /** Whether what was found is one after all. */
  readonly isOne?: (found: string) => boolean;
}

export const SECRET_FORMS: readonly SecretForm[] = [
  // Of three parts, encrypted of five.
  { kind: 'JWT', pattern: /(?<![A-Za-z0-9_])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*){0,3}/g },
  { kind: 'AWS access key', pattern: /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { kind: 'AWS API key', pattern: /(?<![A-Za-z0-9])ABSK[\w+/]{30,}={0,2}/g },
  // Base64 of what temporary credentials begin with.
  { kind: 'AWS session token', pattern: /(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz)[\w+/=%-]{20,}/g },
  { kind: 'GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g },
  { kind: 'GitLab token', pattern: /(?<![A-Za-z0-9])gl[a-z]{1,6}-[\w-]{20,}/g, isOne: hasDigit },
  { kind: 'Slack token', pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)[-.][A-Za-z0-9.-]{10,}/g },
  { kind: 'webhook', pattern: /(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/([\w/-]+)/g },
  { kind: 'bot token', pattern: /\/bot(\d{6,12}:[\w-]{20,})/g },
  { kind: 'Hugging Face token', pattern: /(?<![A-Za-z0-9])(?:hf|api_org)_[A-Za-z0-9]{20,}/g },
  { kind: 'API key', pattern: /(?<![A-Za-z0-9])sk-[\w-]{20,}/g, isOne: isNoWord },
  {
    kind: 'API key',
    pattern:
      /(?<![A-Za-z0-9])(?:SK(?=[0-9a-f]{32})|[sr]k_(?:live|test)_|npm_|pypi-|AIza|ya29\.|SG\.|dapi|nvapi-|GOCSPX-|gsk_|r8_|xai-|pplx-|lsv2_|shpat_|dop_v1_|hv[sb]\.)[\w-]{16,}[\w.-]*/g,
  },
  // Tokens of headers.
  { kind: 'authorization', pattern: /\bAWS4-HMAC-SHA256\s+(Credential=[^\r\n"']+)/g },
  {
    kind: 'authorization',
    pattern: /\b(?:bearer|apikey)(?:\s|%20|\+){1,4}((?=[\w.~+/-]{0,60}[\d=])[\w.~+/=-]{8,})/gi,
  },
  { kind: 'authorization', pattern: /\b[Bb]asic\s{1,4}([\w+/]{8,}={0,2})/g, isOne: isUserAndPassword },
  { kind: 'authorization', pattern: /\bNegotiate\s{1,4}([\w+/]{20,}={0,2})/g },
  // Of presigned and shared URLs, also where one is in the query of another.
  {
    kind: 'signature',
    pattern:
      /(?:[?&;]|%(?:25)?(?:26|3F)|\\u0026)(?:X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential)|Signature|sig)(?:=|%(?:25)?3D)((?:(?!%(?:25)?26)[^&\s"'<>[\\])+)/gi,
  },
  // The password may have an @ and a slash in it; what begins like a port is none.
  {
    kind: 'password',
    pattern: /:\/\/[^\s:/@"']{0,256}:((?!\d{1,5}[/?#])[^\s"'<>]{1,256})@(?=[\w.[-])/g,
  },
  { kind: 'password', pattern: /\bjdbc:oracle:\w{1,12}:[^\s/@]{1,128}\/([^\s@]{1,256})@/g },
  { kind: 'credentials', pattern: /:\/\/((?=[^\s:/@]{0,256}\d)[^\s:/@"']{8,256})@/g },
  // Of commands.
  { kind: 'password', pattern: /\bcurl\b[^\r\n]{0,300}?\s(?:-[uU]|--(?:proxy-)?user)[ =]?["']?[^\s:"']{1,100}:([^\s"']+)/g },
  { kind: 'password', pattern: /\b(?:mysql|mariadb)\w{0,12}\s[^\r\n]{0,300}?(?<=\s)-p(?=\S)["']?([^\s"']+)/g },
  { kind: 'password', pattern: /\b(?:sshpass|docker login|podman login)\s[^\r\n]{0,300}?(?<=\s)-p\s{0,4}["']?([^\s"']+)/g },
  { kind: 'password', pattern: /\blogin\s{1,4}\S{1,100}\s{1,4}password\s{1,4}(\S+)/g },
  { kind: 'key', pattern: /\bwandb login\s{1,4}(?:--\S{1,40}\s{1,4}){0,3}([0-9a-zA-Z_-]{30,})/g },
  // `password` in base64, and `{"password`.
  { kind: 'encoded text', pattern: /(?<![\w+/])(?:cGFzc3dvcm|eyJwYXNzd29yZ)[\w+/]{4,}={0,2}/g },
  // A line that is nothing but base64: a key, or a part of one.
  {
    kind: 'encoded text',
    pattern: /(?<=^[ \t]{0,20})(?=[^\r\n]{0,80}[a-z])(?=[^\r\n]{0,80}[A-Z])(?=[^\r\n]{0,80}\d)[A-Za-z0-9+/]{40,}={0,2}$/gm,
  },
];

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

/** Other than the names of what people make with scikit-learn. */
function isNoWord(text: string): boolean {
  return /[A-Z]|\w{16}/.test(text);
}

/** Base64 of `user:password`; other words after `basic` are prose. */
function isUserAndPassword(text: string): boolean {
  try {
    return /^[\x20-\x7e\x80-\xff]*:/.test(atob(text.replace(/=+$/, '')));
  } catch {
    return false;
  }
}
