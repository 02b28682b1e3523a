import { isError } from '../../logs/errors.ts';
import { grepOf } from '../../logs/grep.ts';
import { optional } from '../../model/optional.ts';
import { plural, utc } from '../../model/text.ts';
import { lengthOf } from '../moment.ts';
import { painter, print, printable, type Terminal } from '../terminal.ts';

interface NotebookLogsOptions {
  readonly last: string;
  readonly grep?: string;
  readonly region?: string;
}

/** Prints each line with its time and hook, errors in red, and how many there are; on the error output, what is missing. */
export async function monitorNotebookLogs(
  name: string,
  { last, grep, region }: NotebookLogsOptions,
  terminal: Terminal,
): Promise<void> {
  const endSeconds = Date.now() / 1000;
  const startSeconds = endSeconds - lengthOf('--last', last);
  if (grep !== undefined) grepOf(grep);
  const { notebookLogs } = await import('../../cloudwatch/notebook-logs.ts');
  const { lines, damage } = await notebookLogs(
    name,
    { startSeconds, endSeconds, ...optional('grep', grep) },
    optional('region', region),
  );
  const paint = painter(terminal);
  const shown = lines.flatMap(({ seconds, stream, message }) =>
    message
      .split(/\r?\n/)
      .map((line) => `${utc(seconds)}  ${stream.slice(name.length + 1)}  ${isError(message) ? paint('red', line) : line}`),
  );
  const errors = lines.filter(({ message }) => isError(message)).length;
  print(terminal, [...shown, `${plural(lines.length, 'line')}, ${errors === 0 ? 'none' : errors} of them like an error.`]);
  for (const { detail } of damage) terminal.stderr.write(`profiler-report: ${printable(detail)}\n`);
}
