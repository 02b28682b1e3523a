#!/usr/bin/env node
import { UsageError } from '../model/errors.ts';
import { EXIT } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { requireNode } from './node-version.ts';
import { run } from './run.ts';
import { endOnSignals } from './signals.ts';

// A reader that has seen enough (`| head`) closes the pipe: nothing to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.fine);
    process.exit(reportFailure(new UsageError(`cannot print: ${error.message}.`), process));
  });
}
endOnSignals();
// A limit on file sizes becomes an error of the write, told in one line, in place of a core dump.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
process.on('uncaughtException', (error) => process.exit(reportFailure(error, process)));

requireNode(process.versions.node);
process.exitCode = await run(process.argv.slice(2), process);
