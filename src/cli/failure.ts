import { UsageError } from '../model/errors.ts';
import { EXIT } from './exit-codes.ts';
import { printable, type Terminal } from './terminal.ts';

/** Prints one line on standard error (and a stack where PROFILER_REPORT_DEBUG or DEBUG asks for one); returns the exit code. */
export function reportFailure(error: unknown, { stderr, env }: Terminal): number {
  const debug = Boolean(env.PROFILER_REPORT_DEBUG || env.DEBUG);
  const known = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = debug ? '' : ' Run it again with PROFILER_REPORT_DEBUG=1 and report what it prints.';
  const line = known ? message : `this is a bug of profiler-report, please report it: ${message}.${hint}`;
  stderr.write(`profiler-report: ${printable(line.replace(/\s*\n\s*/g, ' '))}\n`);
  if (debug && error instanceof Error) stderr.write(`${stackOf(error)}\n`);
  return known ? EXIT.usage : EXIT.bug;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack}${cause}`;
}
