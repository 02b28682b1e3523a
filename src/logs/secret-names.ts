/** A kind of names after which a secret stands. */
export interface SecretName {
  /** For people: `[masked: password]`. */
  readonly kind: string;
  /** How the name ends, as part of a larger expression that does not look at case. */
  readonly ending: string;
  /** `always`: what it is set to is a secret whatever it looks like; `random`: only what looks like one. */
  readonly when: 'always' | 'random';
  /** What stands before it where it is always one; where it is none. */
  readonly sureAfter?: RegExp;
  readonly notAfter?: RegExp;
}

/** Of keys and tokens that let in. */
const CREDENTIAL =
  /(?:secret|access|api|account|private|shared|encryption|signing|session|refresh|auth|oauth|id|security|bearer|csrf|hub|bot|hf|face|github|gitlab|wandb|slack|jwt|deploy|personal)[_-]?(?:access[_-]?)?$/i;

export const SECRET_NAMES: readonly SecretName[] = [
  { kind: 'password', ending: 'passw(?:or[dt]|d)s?|passphrase|passcode|pwd|kennwort|contraseña', when: 'always' },
  // Not `compass`, nor the pass that a test or an epoch is.
  {
    kind: 'password',
    ending: '(?:(?<![a-z])|(?<=db|smtp|user|mail|root|admin))pass|(?<![a-z])pw',
    when: 'random',
    sureAfter: /[a-z][_-]?$/i,
    notAfter: /(?:forward|backward|first|second|last|next|one|two|multi|single|low|high|band|by|test|full)[_ -]?$/i,
  },
  { kind: 'secret', ending: 'secrets?(?:[_-]?string)?', when: 'always' },
  { kind: 'authorization', ending: 'authorization', when: 'always' },
  { kind: 'cookie', ending: 'cookies?|[jp](?:hp)?sess(?:ion)?id', when: 'always' },
  { kind: 'credential', ending: 'credentials?', when: 'random' },
  { kind: 'authorization', ending: 'auth', when: 'random' },
  { kind: 'signature', ending: 'signature', when: 'random' },
  {
    kind: 'token',
    ending: 'token',
    when: 'random',
    sureAfter: CREDENTIAL,
    // Of tokenizers.
    notAfter: /(?:pad|eos|bos|unk|sep|cls|mask|special|start|end|stop|decoder|image|per)[_ -]?$/i,
  },
  {
    kind: 'key',
    ending: 'key',
    when: 'random',
    sureAfter: CREDENTIAL,
    notAfter: /(?:public|cache|primary|partition|sort|group|object)[_ -]?$/i,
  },
];
