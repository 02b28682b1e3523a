/** How much of a message is looked at. */
const HEAD = 2000;

const ERROR_LEVEL = /^(?:error|err|fatal|critical|crit|severe|emerg|emergency|alert|panic|dpanic)$/i;
/** The level in a line of JSON; pino and bunyan number theirs, 50 and more are errors. */
const JSON_LEVEL = /"(?:level|levelname|log\.level|severity|lvl|loglevel)"\s{0,4}:\s{0,4}"?([A-Za-z]{3,12}|\d{2})\b/i;
/** `level=error`. */
const FIELD_LEVEL = /(?:^|\s)(?:level|lvl|severity)=["']?([A-Za-z]{3,12})\b/i;
/** glog, klog: `E1102 09:31:07.123456 123 file.cc:12] ...`. */
const GLOG = /^([IWEF])\d{4} \d\d:\d\d/;
/** nginx: `2026/11/02 09:31:07 [error] 12#12: ...`; also `[error]` of others. */
const BRACKET_LEVEL =
  /^[^[\]]{0,60}\[\s{0,3}(trace|debug|info|notice|warn|warning|error|crit|critical|alert|emerg|fatal|severe)\s{0,3}\]/i;
/** The first level in capitals near the head of a line: python, java, most others. */
const LEVEL_WORD =
  /^[^\r\n]{0,160}?(?:^|[\s[|:(<,-])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|PANIC|ALERT|EMERG)(?=[\s\]|:)>,-]|$)/;

/** What is an error whatever level it was logged with: servers of models log what their workers print as INFO. */
const STRONG = [
  /Traceback \(most recent call last\)/,
  /(?:^|[\s:(["'])(?:[A-Za-z_]\w{0,80}\.){0,12}[A-Z]\w{0,80}(?:Error|Exception)(?:: |:?$)/m,
  /^\s{0,8}Caused by: /m,
  /Exception in thread/,
  /(?:^|\s)panic: /,
  /Segmentation fault|core dumped|SIGSEGV|SIGABRT|SIGKILL/,
  /[Oo]ut of memory|OutOfMemory|OOM[ -]?[Kk]ill|oom_reaper|Cannot allocate memory/,
  /CUDA error|NCCL (?:error|WARN)|cuDNN error/,
  /(?:exit(?:ed)?|return(?:ed)?)(?: with)?(?: non-zero)?(?: exit)?(?: code| status)[ :=]{0,3}(?!0\b)-?\d{1,3}\b/i,
  /" 5\d\d (?:\d|-)/,
];

/** Words of a line without a level that mean an error, unless they are counted or named as a measure: `error_rate=0`, `train-error:0.31`. */
const WEAK =
  /(?<![\w-])(?:errors?|fatal|failed|failure|exception|aborted|killed|timed out)(?![\w=-]|\.\w)(?!\s{0,2}[:=]\s{0,2}-?[\d.])(?! (?:rate|count|function|metric))/i;
const NONE =
  /(?<![\w.])(?:0|no|zero|without|any|without any|ignoring) (?:\w{1,12} )?(?:errors?|failures?|exceptions?|failed)\b|(?:errors?|failed|failures?)\s{0,2}[:=]\s{0,2}0\b/i;

/** Whether a line tells of an error: by its level where it has one, else by its words. */
export function isError(message: string): boolean {
  const head = message.slice(0, HEAD);
  const level = levelOf(head);
  if (level !== undefined && ERROR_LEVEL.test(level)) return true;
  if (STRONG.some((pattern) => pattern.test(head))) return true;
  return level === undefined && WEAK.test(head) && !NONE.test(head);
}

function levelOf(head: string): string | undefined {
  const [, glog] = GLOG.exec(head) ?? [];
  if (glog !== undefined) return glog === 'E' || glog === 'F' ? 'error' : 'info';
  if (head.startsWith('{')) {
    const level = JSON_LEVEL.exec(head)?.[1];
    if (level !== undefined) return /^\d/.test(level) ? (Number(level) >= 50 ? 'error' : 'info') : level;
  }
  return FIELD_LEVEL.exec(head)?.[1] ?? BRACKET_LEVEL.exec(head)?.[1] ?? LEVEL_WORD.exec(head)?.[1];
}
