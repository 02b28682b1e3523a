import type { LogLine } from '../model/monitored.ts';

/** A stack trace this long is cut from its lines. */
const MOST_LINES = 200;

/** Lines that go on with the one before: of python until its exception, of java what is called and what caused it. */
const PYTHON_START = /Traceback \(most recent call last\)/;
const PYTHON_AGAIN = /^(?:During handling of the above|The above exception was)/;
const PYTHON_MIDDLE = /^(?:\s|$|Traceback)/;
const JAVA_MORE = /^\s*(?:at [\w.$<>]|\.\.\. \d+ (?:more|common frames)|Caused by: |Suppressed: )/;
/** What servers of models put before what their workers print; the rest is the line itself. */
const WORKER_PREFIX = /^.{0,80}\[[A-Z]+ {0,2}\] .{0,120}? - (?=\s|\S)/;

/**
 * Lines of one stream that belong to one stack trace, joined to its first line: CloudWatch keeps each line as an event of its own. All
 * else stays as it is, in the order given.
 */
export function joinTraces(lines: readonly LogLine[]): LogLine[] {
  const joined: Open[] = [];
  const open = new Map<string, Open>();
  for (const line of lines) {
    const own = line.message.replace(WORKER_PREFIX, '');
    const last = open.get(line.stream);
    if (last && last.messages.length < MOST_LINES && goesOn(last, own)) {
      last.messages.push(own);
      last.isPython = PYTHON_AGAIN.test(own) || (last.isPython && PYTHON_MIDDLE.test(own));
      continue;
    }
    // A trace may come in one event, with its exception.
    const isPython = PYTHON_START.test(own) && !/\n\S[^\n]*\s*$/.test(own);
    const next = { line, isPython, messages: [line.message] };
    joined.push(next);
    open.set(line.stream, next);
  }
  return joined.map(({ line, messages }) => (messages.length === 1 ? line : { ...line, message: messages.join('\n') }));
}

interface Open {
  readonly line: LogLine;
  readonly messages: string[];
  /** In a traceback whose exception has not come yet. */
  isPython: boolean;
}

function goesOn({ isPython, messages }: Open, message: string): boolean {
  return isPython || JAVA_MORE.test(message) || (messages.length > 1 && (message.trim() === '' || PYTHON_AGAIN.test(message)));
}
