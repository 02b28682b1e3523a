import { isError } from '../../logs/errors.ts';
import { GREP_LENGTH, grepLines } from '../../logs/grep.ts';
import { type LinePattern, patternsOf } from '../../logs/patterns.ts';
import { shownLines } from '../../logs/shown-lines.ts';
import { joinTraces } from '../../logs/traces.ts';
import type { LogLine, Logs } from '../../model/monitored.ts';
import type { Block, Cell, TableBlock } from '../../model/report.ts';
import { count, plural, utc, visibleName, visibleText } from '../../model/text.ts';
import { column, info, table, text } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';

const MOST_PATTERNS = 50;
/** Lines in a table; each takes about 400 bytes of the report. */
const MOST_LINES = 2000;
const MOST_MATCHES = 500;
/** Characters of a line in a cell; of a stack trace its head and its exception. */
const HEAD = 280;
const TAIL = 180;

/** Errors by pattern, and the lines around them and around spikes, which the page shows for a moment picked in a chart. */
export const logs: MonitoredSectionMaker = ({ monitored: { logs: found } }) => {
  if (found.group === undefined) return undefined;
  const lines = joinTraces(found.lines);
  const errors = lines.filter(({ message }) => isError(message));
  return {
    id: 'logs',
    title: 'Logs',
    blocks: [
      text(summaryOf(found, lines, errors)),
      ...patternBlocks(errors),
      ...(lines.length > 0 ? [linesTable('log-lines', 'Log lines', lines, MOST_LINES)] : []),
      ...matchBlocks(lines, found.grep),
      ...notes(found, lines),
    ],
  };
};

function summaryOf({ group = '', grep }: Logs, lines: readonly LogLine[], errors: readonly LogLine[]): string {
  const where = `log group ${visibleName(group)}`;
  const [first, last] = [errors[0], errors.at(-1)];
  if (!first || !last) return `No line of ${where} looks like an error.`;
  const { patterns, more } = patternsOf(errors, 1);
  const kinds = plural(patterns.length + more, 'pattern');
  const others = lines.length - errors.length;
  const context =
    others > 0
      ? ` ${plural(others, 'other line')} around them or around spikes of the metrics${grep === undefined ? '' : ', or looked for'}.`
      : '';
  return `${plural(errors.length, 'error')} in ${where}, of ${kinds}, from ${utc(first.seconds)} to ${utc(last.seconds)}.${context}`;
}

function patternBlocks(errors: readonly LogLine[]): Block[] {
  if (errors.length === 0) return [];
  const { patterns, more, moreLines } = patternsOf(errors, MOST_PATTERNS);
  const columns = [
    column.text('Pattern'),
    column.count('Errors'),
    column.text('First (UTC)'),
    column.text('Last (UTC)'),
    column.text('Streams'),
  ];
  const block = table('log-patterns', 'Errors by pattern', columns, patterns.map(patternRow));
  const rest = `${plural(more, 'more pattern')} with ${plural(moreLines, 'error')} ${more === 1 ? 'is' : 'are'} left out.`;
  return [block, ...(more > 0 ? [info(rest)] : [])];
}

function patternRow({ pattern, count: errors, firstSeconds, lastSeconds, streams }: LinePattern): Cell[] {
  const [first = ''] = streams;
  const where = streams.length === 1 ? visibleName(first) : `${visibleName(first)} and ${count(streams.length - 1)} more`;
  return [visibleText(pattern), errors, clock(firstSeconds), clock(lastSeconds), where];
}

function linesTable(id: string, title: string, lines: readonly LogLine[], most: number): TableBlock {
  const shown = shownLines(lines, most);
  return {
    kind: 'table',
    table: {
      id,
      title,
      columns: [column.text('Time (UTC)'), column.text('Stream'), column.text('Line')],
      rows: shown.map(({ seconds, stream, message }) => [clock(seconds), visibleName(stream), cellOf(message)]),
      ...(shown.length < lines.length ? { totalRows: lines.length } : {}),
      searchable: true,
      moments: shown.map(({ seconds }) => seconds),
    },
  };
}

/** Under a heading that says that it is in UTC. */
function clock(seconds: number): string {
  return utc(seconds).replace(/ UTC$/, '');
}

/** On one line; what is too long keeps its head and its end. */
function cellOf(message: string): string {
  const line = visibleText(message.replace(/\s*[\r\n]+\s*/g, ' ⏎ ').replaceAll('\t', ' '));
  return line.length <= HEAD + TAIL ? line : `${line.slice(0, HEAD)} … ${line.slice(-TAIL)}`.toWellFormed();
}

function matchBlocks(lines: readonly LogLine[], grep: string | undefined): Block[] {
  if (grep === undefined) return [];
  const matching = grepLines(lines, grep);
  const asked = visibleName(grep);
  const long = lines.some(({ message }) => message.length > GREP_LENGTH);
  const notAll = long ? [info(`Of a line only the first ${count(GREP_LENGTH)} characters were looked at.`)] : [];
  if (matching.length === 0) return [text(`No log line matches ${asked}.`), ...notAll];
  const { kind, table: made } = linesTable('log-matches', `Log lines that match ${asked}`, matching, MOST_MATCHES);
  const { moments: _, ...rest } = made;
  return [{ kind, table: rest }, ...notAll];
}

function notes({ leftOut }: Logs, lines: readonly LogLine[]): Block[] {
  const left = `${plural(leftOut, 'more error line')} ${leftOut === 1 ? 'was' : 'were'} left out: ask for a shorter time to see them.`;
  const masked = 'What looks like a secret is masked, and the mask says what it was: [masked: password].';
  return [...(leftOut > 0 ? [info(left)] : []), ...(lines.length > 0 ? [info(masked)] : [])];
}
